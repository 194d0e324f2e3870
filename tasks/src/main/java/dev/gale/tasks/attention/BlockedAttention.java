package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionBlocked;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import org.jspecify.annotations.Nullable;

/**
 * {@link AttentionBlocked}: one task, 16 query rows of a head at a time, in runs of so many that every core has enough work items.
 *
 * <pre>queries, keys, values -> [attend] -> output, lse</pre>
 *
 * Where a head has one query, {@link OneQueryAttention} has tasks of its own, if it can.
 */
public final class BlockedAttention implements AttentionVariant {

  /** Work items a core: enough for cores that finish early to find more to do. */
  private static final int ITEMS_PER_CORE = 64;

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

  /** What the work items work in may be too much to index. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    long most =
        OneQueryAttention.fits(shape, options)
            ? OneQueryAttention.workElements(device, shape)
            : workElements(device, computed(shape, options));
    if (most > Shapes.MAX_ELEMENTS) {
      return "works in a buffer of "
          + most
          + " elements, over "
          + Shapes.MAX_ELEMENTS
          + ", the most that kernels index";
    }
    return AttentionVariant.super.obstacle(device, shape, options);
  }

  private static long workElements(DeviceInfo device, AttentionShape shape) {
    // The sum of the sizes may be more than an int.
    long vectors = (long) shape.headDim() + shape.headDimV() + AttentionBlocked.workVectors(0, 0);
    return items(device, shape) * vectors * AttentionBlocked.ROWS;
  }

  /** Work items: no more than have a block of rows to compute. */
  private static int items(DeviceInfo device, AttentionShape shape) {
    int blocks = shape.heads() * Math.ceilDiv(shape.seqLenQ(), AttentionBlocked.ROWS);
    int run = Math.ceilDiv(blocks, ITEMS_PER_CORE * device.computeUnits());
    return Math.ceilDiv(blocks, run);
  }

  private static boolean folds(AttentionShape shape, AttentionOptions options) {
    return shape.seqLenQ() == 1 && options.maskHeads() == 0;
  }

  /**
   * The shape that is computed. Of one query a head, those of a group of heads are as good as the queries of a single head, where no
   * mask tells them apart: keys and values are then read once for all of them. Causality hides nothing from the last query.
   */
  private static AttentionShape computed(AttentionShape shape, AttentionOptions options) {
    if (!folds(shape, options)) {
      return shape;
    }
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
    int causal = options.causal() && !folds(shape, options) ? 1 : 0;
    append(graph, task, computed(shape, options), options, causal, buffers);
  }

  private static void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      int causal,
      AttentionBuffers buffers) {
    DeviceInfo device = graph.device().info();
    graph
        .graph()
        .task(
            task,
            AttentionBlocked::attention,
            buffers.queries(),
            buffers.keys(),
            buffers.values(),
            buffers.mask(),
            graph.intermediate((int) workElements(device, shape)),
            buffers.output(),
            buffers.lse(),
            shape.heads(),
            shape.groupSize(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV(),
            options.scale(),
            2 * options.maskHeads() + causal);
    graph.groups(task, 1, items(device, shape)).wholeStores();
  }
}
