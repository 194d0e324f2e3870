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
    int first;
    do {
      boolean together = true;
      first = items[0].step();
      reached[0] = first;
      for (int i = 1; i < items.length; i++) {
        reached[i] = items[i].step();
        together &= reached[i] == first;
      }
      if (!together) {
        throw Divergence.of(grid, groupX, groupY, groupZ, items.length, this::barrier);
      }
    } while (first != END);
  }

  private String barrier(int item) {
    return reached[item] == END ? Divergence.ENDED : kernel.barrier(reached[item]);
  }
}
