package dev.gale.host.exec;

import dev.gale.host.exec.GroupExecutor.Launch;

/** Runs groups of a kernel without barriers: their work items one after another. */
final class PlainGroup implements GroupRunner {

  private final LocalMemory localMemory = new LocalMemory();
  private final HostContext context;
  private final Launch launch;
  private final Object[] arguments;

  PlainGroup(Grid grid, Launch launch) {
    this.context = new HostContext(grid, localMemory, null, launch.boxing());
    this.launch = launch;
    this.arguments = launch.argumentsWith(context);
  }

  @Override
  public void run(int groupX, int groupY, int groupZ) throws Throwable {
    localMemory.enterGroup();
    context.enter(groupX, groupY, groupZ, 0, 0, 0);
    GroupKernel groups = launch.groups();
    if (groups != null) {
      groups.runGroup(arguments, context);
      return;
    }
    do {
      launch.function().call(arguments);
    } while (context.nextItem());
  }
}
