package dev.gale.tasks.softmax;

import dev.gale.kernels.softmax.SoftmaxBlocked;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link SoftmaxBlocked}: one task, one row a work item. */
public final class BlockedSoftmax implements SoftmaxVariant {

  /** Elements of a work-group's rows, or more: some microseconds of work. */
  private static final int GROUP_ELEMENTS = 4096;

  @Override
  public String id() {
    return "blocked";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  @Override
  public boolean exponentialsInLanes() {
    return true;
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
    graph.groups(task, Math.max(1, GROUP_ELEMENTS / shape.cols()), shape.rows());
  }
}
