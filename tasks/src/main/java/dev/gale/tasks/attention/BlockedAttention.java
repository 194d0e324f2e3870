package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionBlocked;
import dev.gale.kernels.attention.AttentionRepair;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;

/**
 * {@link AttentionBlocked}: two tasks pack queries and keys into buffers that live on the device, one attends, 16 query
 * rows a work item, and one does again the rows that met what is not finite.
 *
 * <pre>
 * queries -> [pack-queries] -> packed queries -+
 * keys ---> [pack-keys] ----> packed keys -----+-> [attend] -> output, lse -> [repair] -> output, lse
 * values --------------------------------------+
 * </pre>
 */
public final class BlockedAttention implements AttentionVariant {

  private static final int LANES = 16;

  @Override
  public String id() {
    return "blocked";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  /** What is packed or kept for the work items may be too much to index. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    long most =
        Math.max(packedKeys(shape), LANES * Math.max(packedQueries(shape), workVectors(shape)));
    if (most > Shapes.MAX_ELEMENTS) {
      return "works in a buffer of "
          + most
          + " elements, over "
          + Shapes.MAX_ELEMENTS
          + ", the most that kernels index";
    }
    return AttentionVariant.super.obstacle(device, shape, options);
  }

  private static long packedQueries(AttentionShape shape) {
    return AttentionBlocked.packedVectors(shape.heads(), shape.seqLenQ(), shape.headDim());
  }

  private static long packedKeys(AttentionShape shape) {
    return AttentionBlocked.packedElements(kvHeads(shape), shape.seqLenK(), shape.headDim());
  }

  private static long workVectors(AttentionShape shape) {
    return AttentionBlocked.workVectors(shape.heads(), shape.seqLenQ(), shape.headDimV());
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
    VectorFloat16 queries = graph.intermediateVectors((int) packedQueries(shape));
    FloatArray keys = graph.intermediate((int) packedKeys(shape));
    VectorFloat16 work = graph.intermediateVectors((int) workVectors(shape));
    int causal = options.causal() ? 1 : 0;
    graph
        .graph()
        .task(
            task + "-pack-queries",
            AttentionBlocked::packQueries,
            buffers.queries(),
            queries,
            shape.heads(),
            shape.seqLenQ(),
            shape.headDim(),
            options.scale())
        .task(
            task + "-pack-keys",
            AttentionBlocked::packKeys,
            buffers.keys(),
            keys,
            kvHeads(shape),
            shape.seqLenK(),
            shape.headDim())
        .task(
            task,
            AttentionBlocked::attention,
            queries,
            keys,
            buffers.values(),
            buffers.mask(),
            work,
            buffers.output(),
            buffers.lse(),
            shape.heads(),
            shape.groupSize(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV(),
            causal,
            options.maskHeads())
        .task(
            task + "-repair",
            AttentionRepair::repair,
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
            causal,
            options.maskHeads());
  }
}
