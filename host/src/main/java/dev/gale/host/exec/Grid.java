package dev.gale.host.exec;

import dev.gale.host.device.HostTargetDevice;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The index space of a {@code KernelContext} kernel: how many work items, in groups of what size.
 *
 * @param global work items in x, y and z
 * @param local work items of one group in x, y and z; divides {@code global}
 * @param offset where the global indices begin in x, y and z
 */
public record Grid(Extent global, Extent local, Extent offset) {

  /** Work items of a group along x where the worker grid leaves the choice to the device. */
  private static final int DEFAULT_GROUP = 256;

  /**
   * Three numbers, one for each dimension.
   *
   * @param x the first dimension, the fastest
   * @param y the second dimension
   * @param z the third dimension
   */
  public record Extent(int x, int y, int z) {
    long product() {
      return (long) x * y * z;
    }
  }

  /**
   * Reads a worker grid.
   *
   * @param task the task's full name, for messages
   * @param worker the worker grid
   * @throws TornadoRuntimeException when a size is not positive, when the groups do not divide the global size, or when
   *     a group is larger than the device allows
   */
  public static Grid of(String task, WorkerGrid worker) {
    Extent global = extent(task, "global work", worker.getGlobalWork());
    Extent offset = offset(task, worker.getGlobalOffset());
    long @Nullable [] localWork = worker.getLocalWork();
    if (localWork == null) {
      return new Grid(global, new Extent(defaultGroup(global.x), 1, 1), offset);
    }
    Extent local = extent(task, "local work", localWork);
    if (global.x % local.x != 0 || global.y % local.y != 0 || global.z % local.z != 0) {
      throw new TornadoRuntimeException(
          "task %s: global work %s is not a multiple of local work %s"
              .formatted(task, show(global), show(local)));
    }
    if (local.product() > HostTargetDevice.MAX_WORK_GROUP_SIZE) {
      throw new TornadoRuntimeException(
          "task %s: local work %s is %d work items, more than the device's %d"
              .formatted(task, show(local), local.product(), HostTargetDevice.MAX_WORK_GROUP_SIZE));
    }
    return new Grid(global, local, offset);
  }

  /** The number of groups in x, y and z. */
  public Extent groups() {
    return new Extent(global.x / local.x, global.y / local.y, global.z / local.z);
  }

  /** The number of work items in a group. */
  public int groupSize() {
    return (int) local.product();
  }

  /** Moves contexts to the work items of a group: one context for each, in the order of their indices. */
  void enterAll(HostContext[] contexts, int groupX, int groupY, int groupZ) {
    int i = 0;
    for (int z = 0; z < local.z; z++) {
      for (int y = 0; y < local.y; y++) {
        for (int x = 0; x < local.x; x++) {
          contexts[i++].enter(groupX, groupY, groupZ, x, y, z);
        }
      }
    }
  }

  /** The index in x, y and z of a work item within its group, in words. */
  String localIndex(int item) {
    return "(%d, %d, %d)"
        .formatted(item % local.x, item / local.x % local.y, item / local.x / local.y);
  }

  private static int defaultGroup(int global) {
    for (int size = Math.min(DEFAULT_GROUP, global); size > 1; size--) {
      if (global % size == 0) {
        return size;
      }
    }
    return 1;
  }

  private static Extent extent(String task, String what, long[] sizes) {
    int[] checked = {1, 1, 1};
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 1 || sizes[i] > Integer.MAX_VALUE) {
        throw new TornadoRuntimeException(
            "task %s: %s %d in dimension %d, expected 1 to %d"
                .formatted(task, what, sizes[i], i, Integer.MAX_VALUE));
      }
      checked[i] = (int) sizes[i];
    }
    return new Extent(checked[0], checked[1], checked[2]);
  }

  private static Extent offset(String task, long @Nullable [] offsets) {
    int[] checked = {0, 0, 0};
    if (offsets != null) {
      for (int i = 0; i < offsets.length; i++) {
        if (offsets[i] < 0 || offsets[i] > Integer.MAX_VALUE) {
          throw new TornadoRuntimeException(
              "task %s: global offset %d in dimension %d, expected 0 to %d"
                  .formatted(task, offsets[i], i, Integer.MAX_VALUE));
        }
        checked[i] = (int) offsets[i];
      }
    }
    return new Extent(checked[0], checked[1], checked[2]);
  }

  private static String show(Extent extent) {
    return extent.x + " x " + extent.y + " x " + extent.z;
  }
}
