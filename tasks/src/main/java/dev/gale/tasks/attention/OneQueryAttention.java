package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionOneQuery;
import dev.gale.kernels.attention.AttentionOneQueryFinish;
import dev.gale.kernels.attention.AttentionRepair;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@code blocked} and {@code blocked-small} where a head has one query and no mask, and elements are whole vectors: {@link AttentionOneQuery}.
 *
 * <pre>queries, keys, values -> [attend] -> parts -> [finish] -> output, lse -> [repair] -> output, lse</pre>
 */
final class OneQueryAttention {

  /** Work items a core: a driver that deals them out in halves of what is left still finds enough for every core. */
  private static final int ITEMS_PER_CORE = 16;

  /** Keys that are worth a work item. */
  private static final int LEAST_KEYS = 512;

  private OneQueryAttention() {}

  static boolean fits(AttentionShape shape, AttentionOptions options) {
    return shape.seqLenQ() == 1
        && options.maskHeads() == 0
        && shape.headDim() % AttentionOneQuery.LANES == 0
        && shape.headDimV() % AttentionOneQuery.LANES == 0;
  }

  /** The most that it works in, elements. */
  static long workElements(DeviceInfo device, AttentionShape shape) {
    long vectors = AttentionOneQuery.workVectors(shape.headDim(), shape.headDimV());
    return shape.heads() * vectors * AttentionOneQuery.LANES * splits(device, shape);
  }

  /** Parts of the keys. */
  private static int splits(DeviceInfo device, AttentionShape shape) {
    int kvHeads = shape.heads() / shape.groupSize();
    int items = ITEMS_PER_CORE * device.computeUnits();
    return Math.min(Math.ceilDiv(items, kvHeads), Math.ceilDiv(shape.seqLenK(), LEAST_KEYS));
  }

  static void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    int kvHeads = shape.heads() / shape.groupSize();
    int splits = splits(graph.device().info(), shape);
    FloatArray work = graph.intermediate((int) workElements(graph.device().info(), shape));
    graph
        .graph()
        .task(
            task,
            AttentionOneQuery::attend,
            buffers.queries(),
            buffers.keys(),
            buffers.values(),
            work,
            kvHeads,
            shape.groupSize(),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV(),
            options.scale(),
            splits)
        .task(
            task + "-finish",
            AttentionOneQueryFinish::finish,
            work,
            buffers.output(),
            buffers.lse(),
            shape.heads(),
            shape.groupSize(),
            shape.headDim(),
            shape.headDimV(),
            splits);
    repair(graph, task, shape, options.scale(), buffers);
    graph
        .groups(task, 1, kvHeads * splits)
        .groups(task + "-finish", 8, shape.heads())
        .groups(task + "-repair", 64, shape.heads(), 1);
  }

  /** Does again the rows that met what is not finite. There is no mask, and causality hides nothing from the last query. */
  private static void repair(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      float scale,
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
            1,
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV(),
            scale,
            0,
            0);
  }
}
