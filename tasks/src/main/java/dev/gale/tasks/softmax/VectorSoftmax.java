package dev.gale.tasks.softmax;

import dev.gale.kernels.softmax.SoftmaxVector;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link SoftmaxVector}: one task, one band of rows a work item. */
public final class VectorSoftmax implements SoftmaxVariant {

  @Override
  public String id() {
    return "vector";
  }

  @Override
  public Dialect dialect() {
    return Dialect.VECTOR;
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
        .task(task, SoftmaxVector::softmax, logits, probabilities, shape.rows(), shape.cols());
  }
}
