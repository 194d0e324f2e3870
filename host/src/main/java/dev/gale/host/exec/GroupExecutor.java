package dev.gale.host.exec;

import dev.gale.host.exec.Grid.Extent;
import dev.gale.host.exec.ItemFiber.State;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Runs a {@code KernelContext} kernel: its work groups spread over the pool, the work items of each on one thread. */
public final class GroupExecutor {

  /** Slices per thread: enough for groups that cost unequal time to even out. */
  private static final int SLICES_PER_THREAD = 8;

  private GroupExecutor() {}

  /**
   * A kernel and its arguments.
   *
   * @param function the kernel for one work item; used when {@code rewritten} is null
   * @param rewritten the kernel rewritten to run whole groups; null when it could not be
   * @param arguments its arguments; every {@code KernelContext} among them is replaced by the work item's own
   * @param hasBarriers whether the kernel can reach a barrier
   * @param boxing whether the kernel reads the fields of {@code KernelContext} themselves
   */
  public record Launch(
      KernelFunction function,
      @Nullable GroupKernel rewritten,
      Object[] arguments,
      boolean hasBarriers,
      boolean boxing) {

    KernelFunction item() {
      return rewritten == null ? function : rewritten::runItem;
    }

    Object[] argumentsWith(HostContext context) {
      return withContext(arguments, context);
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
            runner =
                launch.hasBarriers ? new FiberGroup(grid, launch) : new PlainGroup(grid, launch);
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

  /** One thread's means to run work groups, one after another. */
  private interface GroupRunner {
    void run(int x, int y, int z) throws Throwable;
  }

  private static final class PlainGroup implements GroupRunner {
    private final LocalMemory localMemory = new LocalMemory();
    private final HostContext context;
    private final Launch launch;
    private final Object[] arguments;

    PlainGroup(Grid grid, Launch launch) {
      this.context = new HostContext(grid, localMemory, null, launch.boxing);
      this.launch = launch;
      this.arguments = launch.argumentsWith(context);
    }

    @Override
    public void run(int groupX, int groupY, int groupZ) throws Throwable {
      localMemory.enterGroup();
      context.enter(groupX, groupY, groupZ, 0, 0, 0);
      if (launch.rewritten != null) {
        launch.rewritten.runGroup(arguments, context);
        return;
      }
      do {
        launch.function.call(arguments);
      } while (context.nextItem());
    }
  }

  private static final class FiberGroup implements GroupRunner {
    private final Extent local;
    private final LocalMemory localMemory = new LocalMemory();
    private final ItemFiber[] fibers;
    private final HostContext[] contexts;

    FiberGroup(Grid grid, Launch launch) {
      this.local = grid.local();
      this.fibers = new ItemFiber[grid.groupSize()];
      this.contexts = new HostContext[grid.groupSize()];
      KernelFunction kernel = launch.item();
      for (int i = 0; i < fibers.length; i++) {
        Object[][] own = new Object[1][];
        fibers[i] = new ItemFiber(() -> kernel.call(own[0]));
        contexts[i] = new HostContext(grid, localMemory, fibers[i], launch.boxing);
        own[0] = launch.argumentsWith(contexts[i]);
      }
    }

    @Override
    public void run(int groupX, int groupY, int groupZ) throws Throwable {
      localMemory.enterGroup();
      for (int i = 0; i < fibers.length; i++) {
        int x = i % local.x();
        int y = i / local.x() % local.y();
        int z = i / local.x() / local.y();
        contexts[i].enter(groupX, groupY, groupZ, x, y, z);
      }
      int waiting;
      do {
        waiting = runToBarrier(groupX, groupY, groupZ);
      } while (waiting > 0);
    }

    private int runToBarrier(int groupX, int groupY, int groupZ) throws Throwable {
      int waiting = 0;
      for (ItemFiber fiber : fibers) {
        State state = fiber.resume();
        if (state == State.FAILED) {
          Throwable failure = fiber.failure();
          throw new KernelFailure(
              failure == null ? new IllegalStateException("no cause") : failure);
        } else if (state == State.AT_BARRIER) {
          waiting++;
        }
      }
      if (waiting != 0 && waiting != fibers.length) {
        throw new TornadoRuntimeException(divergence(waiting, groupX, groupY, groupZ));
      }
      return waiting;
    }

    private String divergence(int waiting, int groupX, int groupY, int groupZ) {
      int waits = first(State.AT_BARRIER);
      int done = first(State.DONE);
      return "work group (%d, %d, %d): %s is reached by %d of its %d work items; work item %d waits there, work item %d has ended"
          .formatted(
              groupX, groupY, groupZ, barrierName(waits), waiting, fibers.length, waits, done);
    }

    private @Nullable String barrierName(int item) {
      return fibers[item].barrier();
    }

    private int first(State state) {
      for (int i = 0; i < fibers.length; i++) {
        if (fibers[i].state() == state) {
          return i;
        }
      }
      throw new IllegalStateException("no work item is " + state);
    }
  }
}
