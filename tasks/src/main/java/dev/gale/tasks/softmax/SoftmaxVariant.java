package dev.gale.tasks.softmax;

import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Variant;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** One way to compute a softmax by rows: the tasks it adds to a graph. */
public interface SoftmaxVariant extends Variant {

  /**
   * Adds the tasks of one softmax. The buffers are already declared to the graph, and checked.
   *
   * @param graph the graph under construction
   * @param task prefix of the task names, unique in the graph
   * @param shape rows, cols
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   */
  void append(
      GraphBuilder graph,
      String task,
      SoftmaxShape shape,
      FloatArray logits,
      FloatArray probabilities);
}
