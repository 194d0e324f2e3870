package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionVector;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;

/** {@link AttentionVector}: one task; each of its work items packs the keys and values that it needs. */
public final class VectorAttention implements AttentionVariant {

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
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    int threads = graph.device().info().computeUnits();
    graph
        .graph()
        .task(
            task,
            AttentionVector::attention,
            buffers.queries(),
            buffers.keys(),
            buffers.values(),
            buffers.mask(),
            buffers.output(),
            buffers.lse(),
            shape.heads(),
            shape.groupSize(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV(),
            options.scale(),
            itemRows(shape, threads, options.causal()),
            2 * options.maskHeads() + (options.causal() ? 1 : 0));
  }

  private static int itemRows(AttentionShape shape, int threads, boolean causal) {
    return AttentionVector.itemRows(
        shape.heads() / shape.groupSize(),
        shape.groupSize() * shape.seqLenQ(),
        shape.headDim(),
        shape.headDimV(),
        threads,
        causal);
  }
}
