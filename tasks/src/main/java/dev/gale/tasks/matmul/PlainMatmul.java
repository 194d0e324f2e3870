package dev.gale.tasks.matmul;

import dev.gale.kernels.matmul.MatmulPlain;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link MatmulPlain}: one task, one element of C a work item. */
public final class PlainMatmul implements MatmulVariant {

  @Override
  public String id() {
    return "plain";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    graph.graph().task(task, MatmulPlain::matmul, a, b, c, shape.m(), shape.n(), shape.k());
  }
}
