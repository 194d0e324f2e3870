package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionVector;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import org.jspecify.annotations.Nullable;
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

  /** The packed keys, their number rounded up to a whole panel, may be too many to index. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    long packed = packedElements(shape);
    if (packed > Shapes.MAX_ELEMENTS) {
      return "packs keys into "
          + packed
          + " elements, over "
          + Shapes.MAX_ELEMENTS
          + ", the most that kernels index";
    }
    return AttentionVariant.super.obstacle(device, shape, options);
  }

  private static long packedElements(AttentionShape shape) {
    return AttentionVector.packedElements(kvHeads(shape), shape.seqLenK(), shape.headDim());
  }

  private static int kvHeads(AttentionShape shape) {
    return shape.heads() / shape.groupSize();
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    FloatArray packed = graph.intermediate((int) packedElements(shape));
    graph
        .graph()
        .task(
            task + "-pack",
            AttentionVector::packKeys,
            buffers.keys(),
            packed,
            kvHeads(shape),
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
