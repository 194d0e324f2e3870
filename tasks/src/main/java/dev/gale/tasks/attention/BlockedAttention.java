package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionBlocked;
import dev.gale.kernels.attention.AttentionFinish;
import dev.gale.kernels.attention.AttentionPacking;
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
 * rows a work item, one divides and writes out, and one does again the rows that met what is not finite.
 *
 * <pre>
 * queries -> [pack-queries] -> packed queries -+
 * keys ---> [pack-keys] ----> packed keys -----+-> [attend] -> sums -> [finish] -> output, lse -> [repair] -> output, lse
 * values --------------------------------------+
 * </pre>
 *
 * Where a head has one query, {@link OneQueryAttention} has tasks of its own, if it can.
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

  @Override
  public boolean exponentialsInLanes() {
    return true;
  }

  /** What is packed or kept for the work items may be too much to index. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    long most =
        OneQueryAttention.fits(shape, options)
            ? OneQueryAttention.workElements(device, shape)
            : Math.max(
                packedKeys(shape), LANES * Math.max(packedQueries(shape), workVectors(shape)));
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

  /**
   * Of one query a head, those of a group of heads are as good as the queries of a single head, where no mask tells them
   * apart: keys and values are then read once for all of them. Causality hides nothing from the last query.
   */
  private static AttentionShape folded(AttentionShape shape) {
    return new AttentionShape(
        shape.batchSize(),
        shape.numKvHeads(),
        shape.numKvHeads(),
        shape.groupSize(),
        shape.seqLenK(),
        shape.headDim(),
        shape.headDimV());
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    if (OneQueryAttention.fits(shape, options)) {
      OneQueryAttention.append(graph, task, shape, options, buffers);
      return;
    }
    boolean folds = shape.seqLenQ() == 1 && options.maskHeads() == 0;
    int causal = options.causal() && !folds ? 1 : 0;
    append(graph, task, folds ? folded(shape) : shape, options, causal, buffers);
  }

  private static void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      int causal,
      AttentionBuffers buffers) {
    VectorFloat16 queries = graph.intermediateVectors((int) packedQueries(shape));
    VectorFloat16 work = graph.intermediateVectors((int) workVectors(shape));
    graph
        .graph()
        .task(
            task + "-pack-queries",
            AttentionPacking::packQueries,
            buffers.queries(),
            queries,
            shape.heads(),
            shape.seqLenQ(),
            shape.headDim(),
            options.scale());
    boolean packs = shape.groupSize() * shape.seqLenQ() > AttentionBlocked.ROWS;
    FloatArray keys = packs ? packKeys(graph, task + "-pack-keys", shape, buffers) : buffers.keys();
    graph
        .graph()
        .task(
            task,
            AttentionBlocked::attention,
            queries,
            keys,
            buffers.values(),
            buffers.mask(),
            work,
            shape.heads(),
            shape.groupSize(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV(),
            causal,
            options.maskHeads(),
            packs ? 1 : 0)
        .task(
            task + "-finish",
            AttentionFinish::finish,
            work,
            buffers.output(),
            buffers.lse(),
            shape.heads(),
            shape.seqLenQ(),
            shape.headDimV());
    repair(graph, task, shape, options, causal, buffers);
    int blocks = shape.heads() * Math.ceilDiv(shape.seqLenQ(), AttentionBlocked.ROWS);
    graph
        .groups(task + "-pack-queries", 8, blocks + 1)
        .groups(task, 1, blocks)
        .groups(task + "-finish", 8, blocks);
  }

  /** Does again the rows that met what is not finite. */
  static void repair(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      int causal,
      AttentionBuffers buffers) {
    graph
        .graph()
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
    graph.groups(task + "-repair", 64, shape.heads(), shape.seqLenQ());
  }

  /** For many rows: in the order in which they are read. */
  private static FloatArray packKeys(
      GraphBuilder graph, String task, AttentionShape shape, AttentionBuffers buffers) {
    FloatArray keys = graph.intermediate((int) packedKeys(shape));
    graph
        .graph()
        .task(
            task,
            AttentionPacking::packKeys,
            buffers.keys(),
            keys,
            kvHeads(shape),
            shape.seqLenK(),
            shape.headDim());
    graph.groups(task, 8, kvHeads(shape) * Math.ceilDiv(shape.seqLenK(), AttentionBlocked.PANEL));
    return keys;
  }
}
