package dev.gale.host.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A kernel that a test loads a second time, by a class loader of its own. */
public final class LoadedTwice {

  private LoadedTwice() {}

  /** Adds 1 to each element. */
  public static void increment(IntArray a) {
    for (@Parallel int i = 0; i < a.getSize(); i++) {
      a.set(i, a.get(i) + 1);
    }
  }

  /** The kernel as a task. */
  public static Task1<IntArray> task() {
    return LoadedTwice::increment;
  }
}
