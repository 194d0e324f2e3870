package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionBlocked;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import org.jspecify.annotations.Nullable;

/**
 * {@link AttentionBlocked}: one task, 16 query rows of a head at a time, as many such blocks together, and in runs of so many, that every core has enough work items.
 *
 * <pre>queries, keys, values -> [attend] -> output, lse</pre>
 *
 * Where a head has one query, {@link OneQueryAttention} has tasks of its own, if it can.
 */
public final class BlockedAttention implements AttentionVariant {

  /** Work items a core: enough for cores that finish early to find more to do. */
  private static final int ITEMS_PER_CORE = 64;

  /** Groups of blocks that a head is divided into, at least, if it has so many blocks. */
  private static final int GROUPS_A_HEAD = 16;

  /** The same for a core. */
  private static final int GROUPS_A_CORE = 4;

  /** Elements that a group may keep for its blocks: 128 KiB, which a second-level cache has besides 128 keys and values. */
  private static final int NEAR = 32 * 1024;

  private final String id;
  private final int panel;

  private BlockedAttention(String id, int panel) {
    this.id = id;
    this.panel = panel;
  }

  /** Blocks for 32 vector registers of sixteen elements. */
  public static BlockedAttention large() {
    return new BlockedAttention("blocked", AttentionBlocked.PANEL);
  }

  /** Blocks for sixteen registers of eight elements. */
  public static BlockedAttention small() {
    return new BlockedAttention("blocked-small", AttentionBlocked.SMALL_PANEL);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  @Override
  public boolean exponentialsInLanes() {
    return true;
  }

  /** What the work items work in may be too much to index, and heads of a mask too many. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    long most =
        OneQueryAttention.fits(shape, options)
            ? OneQueryAttention.workElements(device, shape)
            : workElements(device, computed(shape, options));
    if (options.maskHeads() > AttentionBlocked.MOST_MASK_HEADS) {
      return "takes a mask of up to " + AttentionBlocked.MOST_MASK_HEADS + " heads";
    }
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
    long vectors =
        AttentionBlocked.workVectors(0, 0, group(device, shape))
            + group(device, shape) * ((long) shape.headDim() + shape.headDimV());
    return items(device, shape) * vectors * AttentionBlocked.ROWS;
  }

  /** Work items: no more than have a group of blocks to compute. */
  private static int items(DeviceInfo device, AttentionShape shape) {
    int blocks = Math.ceilDiv(shape.seqLenQ(), AttentionBlocked.ROWS);
    int groups = shape.heads() * Math.ceilDiv(blocks, group(device, shape));
    int run = Math.ceilDiv(groups, ITEMS_PER_CORE * device.computeUnits());
    return Math.ceilDiv(groups, run);
  }

  /** Blocks of a group: no more than leave a head, and a core, enough groups, and than a near cache holds. */
  private static int group(DeviceInfo device, AttentionShape shape) {
    int blocks = Math.ceilDiv(shape.seqLenQ(), AttentionBlocked.ROWS);
    int ofHead = blocks / GROUPS_A_HEAD;
    int ofCore = shape.heads() * blocks / (GROUPS_A_CORE * device.computeUnits());
    long ofCache = NEAR / (AttentionBlocked.ROWS * ((long) shape.headDim() + shape.headDimV() + 2));
    return Math.clamp(Math.min(ofCache, Math.min(ofHead, ofCore)), 1, AttentionBlocked.GROUP);
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

  private void append(
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
            AttentionBlocked.layout(options.maskHeads(), causal != 0, panel, group(device, shape)));
    graph.groups(task, 1, items(device, shape)).wholeStores();
  }
}
