package dev.gale.tasks.matmul;

import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Variant;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** One way to multiply matrices: the tasks it adds to a graph. */
public interface MatmulVariant extends Variant {

  /**
   * Adds the tasks of one multiplication. The buffers are already declared to the graph, and checked.
   *
   * @param graph the graph under construction
   * @param task prefix of the task names, unique in the graph
   * @param shape m, n, k
   * @param a [m, k], read
   * @param b [k, n], read
   * @param c [m, n], written
   */
  void append(
      GraphBuilder graph, String task, MatmulShape shape, FloatArray a, FloatArray b, FloatArray c);
}
