package dev.gale.validation.faults;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A kernel for broken graphs. */
public final class Forgets {

  private Forgets() {}

  /** Clears the last head of [tokens, numHeads, headDim]. */
  public static void lastHead(FloatArray merged, int tokens, int numHeads, int headDim) {
    for (@Parallel int i = 0; i < tokens; i++) {
      for (int d = 0; d < headDim; d++) {
        merged.set((i * numHeads + numHeads - 1) * headDim + d, 0.0f);
      }
    }
  }
}
