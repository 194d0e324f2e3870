package dev.gale.host.exec;

import dev.gale.host.exec.GroupExecutor.Launch;
import dev.gale.host.exec.ItemFiber.State;

/** Runs groups of a kernel with barriers that could not be rewritten: each work item has a stack of its own. */
final class FiberGroup implements GroupRunner {

  private final Grid grid;
  private final LocalMemory localMemory = new LocalMemory();
  private final ItemFiber[] fibers;
  private final HostContext[] contexts;

  FiberGroup(Grid grid, Launch launch) {
    this.grid = grid;
    this.fibers = new ItemFiber[grid.groupSize()];
    this.contexts = new HostContext[grid.groupSize()];
    KernelFunction kernel = launch.item();
    for (int i = 0; i < fibers.length; i++) {
      Object[][] own = new Object[1][];
      fibers[i] = new ItemFiber(() -> kernel.call(own[0]));
      contexts[i] = new HostContext(grid, localMemory, fibers[i], launch.boxing());
      own[0] = launch.argumentsWith(contexts[i]);
    }
  }

  @Override
  public void run(int groupX, int groupY, int groupZ) throws Throwable {
    localMemory.enterGroup();
    grid.enterAll(contexts, groupX, groupY, groupZ);
    boolean backwards = Turns.backwardsAtFirst(groupX, groupY, groupZ);
    int waiting;
    do {
      waiting = resumeAll(backwards);
      if (waiting != 0 && waiting != fibers.length) {
        throw Divergence.of(grid, groupX, groupY, groupZ, fibers.length, this::barrier);
      }
      backwards = !backwards;
    } while (waiting > 0);
  }

  /** Runs each work item to its next barrier; gives the number of those that wait at one. */
  private int resumeAll(boolean backwards) throws Throwable {
    int waiting = 0;
    for (int i = 0; i < fibers.length; i++) {
      ItemFiber fiber = fibers[backwards ? fibers.length - 1 - i : i];
      State state = fiber.resume();
      if (state == State.FAILED) {
        throw fiber.failure();
      } else if (state == State.AT_BARRIER) {
        waiting++;
      }
    }
    return waiting;
  }

  private String barrier(int item) {
    return fibers[item].state() == State.DONE ? Divergence.ENDED : fibers[item].barrier();
  }
}
