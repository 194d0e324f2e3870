package dev.gale.tasks.softmax;

import dev.gale.kernels.softmax.SoftmaxBlocked;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link SoftmaxBlocked}: one task, one row a work item. */
public final class BlockedSoftmax implements SoftmaxVariant {

  @Override
  public String id() {
    return "blocked";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      SoftmaxShape shape,
      FloatArray logits,
      FloatArray probabilities) {
    graph
        .graph()
        .task(task, SoftmaxBlocked::softmax, logits, probabilities, shape.rows(), shape.cols());
  }
}
