package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionVector;
import dev.gale.kernels.vector.VectorTiles;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link AttentionVector}: one task packs the keys into a buffer that stays on the device, one attends by blocks. */
public final class VectorAttention implements AttentionVariant {

  @Override
  public String id() {
    return "vector";
  }

  @Override
  public Dialect dialect() {
    return Dialect.VECTOR;
  }

  /**
   * @throws IllegalArgumentException if the keys, their number rounded up to a whole panel, are too large to index with
   *     32 bits
   */
  @Override
  public void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    int kvHeads = shape.heads() / shape.groupSize();
    int panels = Math.ceilDiv(shape.seqLenK(), VectorTiles.COLS);
    Shapes.elements(
        "packed keys",
        "kvHeads",
        kvHeads,
        "panels",
        panels,
        "headDim",
        shape.headDim(),
        "columns",
        VectorTiles.COLS);
    FloatArray packed =
        graph.intermediate(
            (int) AttentionVector.packedElements(kvHeads, shape.seqLenK(), shape.headDim()));
    graph
        .graph()
        .task(
            task + "-pack",
            AttentionVector::packKeys,
            buffers.keys(),
            packed,
            kvHeads,
            shape.seqLenK(),
            shape.headDim())
        .task(
            task,
            AttentionVector::attention,
            buffers.queries(),
            packed,
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
