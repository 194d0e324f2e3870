package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionFlash;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;

/** {@link AttentionFlash}: one task, work-groups over tiles of keys in local memory. */
public final class FlashAttention implements AttentionVariant {

  @Override
  public String id() {
    return "flash";
  }

  @Override
  public Dialect dialect() {
    return Dialect.WORK_GROUP;
  }

  /** A device's work-groups may have too few items or too little local memory. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    if (device.maxWorkGroupSize() < AttentionFlash.ITEMS) {
      return needs(
          AttentionFlash.ITEMS, "work items in a group", device, device.maxWorkGroupSize());
    }
    if (device.localMemoryBytes() < AttentionFlash.LOCAL_BYTES) {
      return needs(
          AttentionFlash.LOCAL_BYTES, "bytes of local memory", device, device.localMemoryBytes());
    }
    return AttentionVariant.super.obstacle(device, shape, options);
  }

  private static String needs(long wanted, String what, DeviceInfo device, long has) {
    return "needs " + wanted + " " + what + ", " + device.id() + " has " + has;
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    long rowBlocks = Math.ceilDiv(shape.seqLenQ(), AttentionFlash.ROWS);
    long groups = rowBlocks * shape.heads();
    int columnBlocks = Math.ceilDiv(shape.headDimV(), AttentionFlash.COLUMNS);
    WorkerGrid grid =
        new WorkerGrid2D(Math.toIntExact(groups * AttentionFlash.ITEMS), columnBlocks);
    grid.setLocalWork(AttentionFlash.ITEMS, 1, 1);
    graph
        .grid(task, grid)
        .graph()
        .task(
            task,
            AttentionFlash::attention,
            new KernelContext(),
            buffers.queries(),
            buffers.keys(),
            buffers.values(),
            buffers.mask(),
            buffers.output(),
            buffers.lse(),
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
