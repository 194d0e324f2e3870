package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionFlash;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
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

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the device's work-groups have too few items or too little local memory
   */
  @Override
  public void check(DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    AttentionVariant.super.check(device, shape, options);
    atLeast("work items in a group", AttentionFlash.ITEMS, device.maxWorkGroupSize(), device);
    atLeast("bytes of local memory", AttentionFlash.LOCAL_BYTES, device.localMemoryBytes(), device);
  }

  private void atLeast(String what, long wanted, long has, DeviceInfo device) {
    if (has < wanted) {
      throw new IllegalArgumentException(
          "variant "
              + id()
              + ": needs "
              + wanted
              + " "
              + what
              + ", "
              + device.id()
              + " has "
              + has);
    }
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
