package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionOnline;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;

/** {@link AttentionOnline}: one task, one query row a work item, no scores stored. */
public final class OnlineAttention implements AttentionVariant {

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
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    graph
        .graph()
        .task(
            task,
            AttentionOnline::attention,
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
