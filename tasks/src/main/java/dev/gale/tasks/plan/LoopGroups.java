package dev.gale.tasks.plan;

import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;

/** Work-groups of loop tasks on processors: enough of them for every core, and no smaller than need be. */
final class LoopGroups {

  /** Groups a core, so that cores that finish early find more to do. */
  private static final int GROUPS_PER_CORE = 4;

  private LoopGroups() {}

  /**
   * @param cores compute units of the device
   * @param most items a group may have
   * @param items iterations of the loops, outermost first: one or two
   */
  static WorkerGrid of(int cores, int most, int... items) {
    long all = 1;
    for (int size : items) {
      all *= size;
    }
    int local =
        divisor(items[0], Math.min(most, Math.max(1, all / ((long) GROUPS_PER_CORE * cores))));
    WorkerGrid grid =
        items.length == 1 ? new WorkerGrid1D(items[0]) : new WorkerGrid2D(items[0], items[1]);
    grid.setLocalWork(local, 1, 1);
    return grid;
  }

  /** The largest divisor of a number that is not over a limit. */
  private static int divisor(int number, long limit) {
    int divisor = (int) Math.min(number, limit);
    while (number % divisor != 0) {
      divisor--;
    }
    return divisor;
  }
}
