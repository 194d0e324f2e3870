package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionDecode;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;

/** {@link AttentionDecode}: one task that reads the keys where they lie. */
public final class DecodeAttention implements AttentionVariant {

  @Override
  public String id() {
    return "decode";
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
    graph
        .graph()
        .task(
            task,
            AttentionDecode::attention,
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
            options.causal() ? 1 : 0,
            options.maskHeads());
  }
}
