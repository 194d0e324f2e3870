package dev.gale.tasks.softmax;

import dev.gale.kernels.softmax.SoftmaxOnline;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link SoftmaxOnline}: one task, one row a work item. */
public final class OnlineSoftmax implements SoftmaxVariant {

  @Override
  public String id() {
    return "online";
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
        .task(task, SoftmaxOnline::softmax, logits, probabilities, shape.rows(), shape.cols());
  }
}
