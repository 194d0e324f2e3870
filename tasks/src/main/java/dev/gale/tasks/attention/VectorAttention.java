package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionVector;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link AttentionVector}: one task packs keys and values into buffers that stay on the device, one attends by blocks. */
public final class VectorAttention implements AttentionVariant {

  @Override
  public String id() {
    return "vector";
  }

  @Override
  public Dialect dialect() {
    return Dialect.VECTOR;
  }

  /** The packed keys and values, their number rounded up to a whole panel, may be too many to index. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    long packed = Math.max(packedKeys(shape), packedValues(shape));
    if (packed > Shapes.MAX_ELEMENTS) {
      return "packs keys or values into "
          + packed
          + " elements, over "
          + Shapes.MAX_ELEMENTS
          + ", the most that kernels index";
    }
    return AttentionVariant.super.obstacle(device, shape, options);
  }

  private static long packedKeys(AttentionShape shape) {
    return AttentionVector.packedKeyElements(kvHeads(shape), shape.seqLenK(), shape.headDim());
  }

  private static long packedValues(AttentionShape shape) {
    return AttentionVector.packedValueElements(kvHeads(shape), shape.seqLenK(), shape.headDimV());
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
    FloatArray packedKeys = graph.intermediate((int) packedKeys(shape));
    FloatArray packedValues = graph.intermediate((int) packedValues(shape));
    graph
        .graph()
        .task(
            task + "-pack",
            AttentionVector::pack,
            buffers.keys(),
            buffers.values(),
            packedKeys,
            packedValues,
            kvHeads(shape),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV())
        .task(
            task,
            AttentionVector::attention,
            buffers.queries(),
            packedKeys,
            packedValues,
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
