package dev.gale.host.exec;

import dev.gale.host.exec.Grid.Extent;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;

/** Runs a {@code KernelContext} kernel: its work groups spread over the pool, the work items of each on one thread. */
public final class GroupExecutor {

  /** Slices per thread: enough for groups that cost unequal time to even out. */
  private static final int SLICES_PER_THREAD = 8;

  private GroupExecutor() {}

  /**
   * A kernel and its arguments.
   *
   * @param function the kernel for one work item; used when {@code groups} is null
   * @param groups the kernel rewritten to run whole groups; null when it could not be
   * @param steps the kernel rewritten to stop at its barriers; null when it could not be
   * @param arguments its arguments; every {@code KernelContext} among them is replaced by the work item's own
   * @param hasBarriers whether the kernel can reach a barrier
   * @param boxing whether the kernel reads the fields of {@code KernelContext} themselves
   */
  public record Launch(
      KernelFunction function,
      @Nullable GroupKernel groups,
      @Nullable SteppedKernel steps,
      Object[] arguments,
      boolean hasBarriers,
      boolean boxing) {

    KernelFunction item() {
      return groups == null ? function : groups::runItem;
    }

    Object[] argumentsWith(HostContext context) {
      return withContext(arguments, context);
    }

    GroupRunner runner(Grid grid) {
      if (!hasBarriers) {
        return new PlainGroup(grid, this);
      }
      return steps == null ? new FiberGroup(grid, this) : new SteppedGroup(grid, this, steps);
    }
  }

  /**
   * Runs a kernel over a grid.
   *
   * @param pool the threads
   * @param grid the index space
   * @param launch the kernel and its arguments
   */
  public static void run(WorkerPool pool, Grid grid, Launch launch) {
    long groups = grid.groups().product();
    int slices = (int) Math.min(groups, (long) pool.threads() * SLICES_PER_THREAD);
    Extent counts = grid.groups();
    GroupRunner[] runners = new GroupRunner[pool.threads()];
    pool.run(
        slices,
        (slice, worker) -> {
          GroupRunner runner = runners[worker];
          if (runner == null) {
            runner = launch.runner(grid);
            runners[worker] = runner;
          }
          long end = groups * (slice + 1) / slices;
          for (long group = groups * slice / slices; group < end; group++) {
            int x = (int) (group % counts.x());
            int y = (int) (group / counts.x() % counts.y());
            int z = (int) (group / counts.x() / counts.y());
            runner.run(x, y, z);
          }
        });
  }

  /**
   * Arguments for a kernel that is not run by work groups and uses its context for atomic additions only.
   *
   * @param arguments the arguments, with the program's {@code KernelContext}
   */
  public static Object[] withSingleItemContext(Object[] arguments) {
    Extent one = new Extent(1, 1, 1);
    Grid grid = new Grid(one, one, new Extent(0, 0, 0));
    return withContext(arguments, new HostContext(grid, new LocalMemory(), null, false));
  }

  private static Object[] withContext(Object[] arguments, HostContext context) {
    Object[] own = arguments.clone();
    for (int i = 0; i < own.length; i++) {
      if (own[i] instanceof KernelContext) {
        own[i] = context;
      }
    }
    return own;
  }
}
