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
   * Runs a kernel over a grid.
   *
   * @param pool the threads
   * @param grid the index space
   * @param kernel the kernel
   * @param arguments its arguments; every {@code KernelContext} among them is replaced by the work item's own
   * @param hasBarriers whether the kernel can reach a barrier
   */
  public static void run(
      WorkerPool pool, Grid grid, KernelFunction kernel, Object[] arguments, boolean hasBarriers) {
    long groups = grid.groups().product();
    int slices = (int) Math.min(groups, (long) pool.threads() * SLICES_PER_THREAD);
    GroupRunner[] runners = new GroupRunner[pool.threads()];
    pool.run(
        slices,
        (slice, worker) -> {
          GroupRunner runner = runners[worker];
          if (runner == null) {
            runner =
                hasBarriers
                    ? new FiberGroup(grid, kernel, arguments)
                    : new PlainGroup(grid, kernel, arguments);
            runners[worker] = runner;
          }
          long end = groups * (slice + 1) / slices;
          for (long group = groups * slice / slices; group < end; group++) {
            Extent counts = grid.groups();
            int x = (int) (group % counts.x());
            int y = (int) (group / counts.x() % counts.y());
            int z = (int) (group / counts.x() / counts.y());
            runner.run(x, y, z);
          }
        });
  }

  /** One thread's means to run work groups, one after another. */
  private interface GroupRunner {
    void run(int x, int y, int z);
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

  private static final class PlainGroup implements GroupRunner {
    private final Grid grid;
    private final KernelFunction kernel;
    private final LocalMemory localMemory = new LocalMemory();
    private final HostContext context;
    private final Object[] arguments;

    PlainGroup(Grid grid, KernelFunction kernel, Object[] arguments) {
      this.grid = grid;
      this.kernel = kernel;
      this.context = new HostContext(grid, localMemory, null);
      this.arguments = withContext(arguments, context);
    }

    @Override
    public void run(int groupX, int groupY, int groupZ) {
      localMemory.enterGroup();
      context.enterGroup(groupX, groupY, groupZ);
      for (int z = 0; z < grid.local().z(); z++) {
        for (int y = 0; y < grid.local().y(); y++) {
          for (int x = 0; x < grid.local().x(); x++) {
            context.enterItem(x, y, z);
            try {
              kernel.call(arguments);
            } catch (Throwable t) {
              throw new KernelFailure(t);
            }
          }
        }
      }
    }
  }

  private static final class FiberGroup implements GroupRunner {
    private final Grid grid;
    private final LocalMemory localMemory = new LocalMemory();
    private final ItemFiber[] fibers;
    private final HostContext[] contexts;

    FiberGroup(Grid grid, KernelFunction kernel, Object[] arguments) {
      this.grid = grid;
      this.fibers = new ItemFiber[grid.groupSize()];
      this.contexts = new HostContext[grid.groupSize()];
      for (int i = 0; i < fibers.length; i++) {
        Object[][] own = new Object[1][];
        fibers[i] = new ItemFiber(() -> kernel.call(own[0]));
        contexts[i] = new HostContext(grid, localMemory, fibers[i]);
        own[0] = withContext(arguments, contexts[i]);
      }
    }

    @Override
    public void run(int groupX, int groupY, int groupZ) {
      localMemory.enterGroup();
      Extent local = grid.local();
      for (int i = 0; i < fibers.length; i++) {
        contexts[i].enterGroup(groupX, groupY, groupZ);
        contexts[i].enterItem(i % local.x(), i / local.x() % local.y(), i / local.x() / local.y());
      }
      int waiting;
      do {
        waiting = runToBarrier(groupX, groupY, groupZ);
      } while (waiting > 0);
    }

    private int runToBarrier(int groupX, int groupY, int groupZ) {
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
