package dev.gale.host.exec;

import dev.gale.host.exec.GroupExecutor.Launch;

/** Runs groups of a kernel with barriers that has been rewritten to stop at them. */
final class SteppedGroup implements GroupRunner {

  private static final int END = 0;

  private final Grid grid;
  private final SteppedKernel kernel;
  private final LocalMemory localMemory = new LocalMemory();
  private final BarrierKernel[] items;
  private final HostContext[] contexts;
  private final int[] reached;

  SteppedGroup(Grid grid, Launch launch, SteppedKernel kernel) {
    this.grid = grid;
    this.kernel = kernel;
    this.items = new BarrierKernel[grid.groupSize()];
    this.contexts = new HostContext[grid.groupSize()];
    this.reached = new int[grid.groupSize()];
    for (int i = 0; i < items.length; i++) {
      contexts[i] = new HostContext(grid, localMemory, null, false);
      items[i] = kernel.prototype().another();
      items[i].bind(launch.argumentsWith(contexts[i]));
    }
  }

  @Override
  public void run(int groupX, int groupY, int groupZ) throws Throwable {
    localMemory.enterGroup();
    grid.enterAll(contexts, groupX, groupY, groupZ);
    boolean backwards = Turns.backwardsAtFirst(groupX, groupY, groupZ);
    do {
      if (!stepAll(backwards)) {
        throw Divergence.of(grid, groupX, groupY, groupZ, items.length, this::barrier);
      }
      backwards = !backwards;
    } while (reached[0] != END);
  }

  /** Runs each work item to its next barrier; tells whether all have reached the same. */
  private boolean stepAll(boolean backwards) throws Throwable {
    int last = items.length - 1;
    boolean together = true;
    int first = 0;
    for (int i = 0; i <= last; i++) {
      int item = backwards ? last - i : i;
      int barrier = items[item].step();
      reached[item] = barrier;
      if (i == 0) {
        first = barrier;
      }
      together &= barrier == first;
    }
    return together;
  }

  private String barrier(int item) {
    return reached[item] == END ? Divergence.ENDED : kernel.barrier(reached[item]);
  }
}
