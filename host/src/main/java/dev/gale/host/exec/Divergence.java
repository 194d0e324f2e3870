package dev.gale.host.exec;

import java.util.function.IntFunction;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The error that some work items of a group wait at a barrier and others do not: on a device it hangs, or worse. */
final class Divergence {

  /** Where a work item is that has run to its end. */
  static final String ENDED = "its end";

  private Divergence() {}

  /**
   * Describes the error.
   *
   * @param grid the index space
   * @param groupX the group's index along x
   * @param groupY the group's index along y
   * @param groupZ the group's index along z
   * @param items the number of work items in the group
   * @param reached the barrier that a work item has reached, or {@link #ENDED}
   */
  static TornadoRuntimeException of(
      Grid grid, int groupX, int groupY, int groupZ, int items, IntFunction<String> reached) {
    int waits = 0;
    while (reached.apply(waits).equals(ENDED)) {
      waits++;
    }
    String barrier = reached.apply(waits);
    int there = 0;
    int elsewhere = -1;
    for (int i = 0; i < items; i++) {
      if (reached.apply(i).equals(barrier)) {
        there++;
      } else if (elsewhere < 0) {
        elsewhere = i;
      }
    }
    return new TornadoRuntimeException(
        "work group (%d, %d, %d): %s is reached by %d of its %d work items; work item %s waits there, work item %s has reached %s"
            .formatted(
                groupX,
                groupY,
                groupZ,
                barrier,
                there,
                items,
                grid.localIndex(waits),
                grid.localIndex(elsewhere),
                reached.apply(elsewhere)));
  }
}
