package dev.gale.validation.harness;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** An output that must be the same, to the bit, as that of a run that was judged more closely; any NaN is like another. */
record SameBits(GuardedOutput output, FloatArray judged) implements RunCheck {

  @Override
  public @Nullable String complaint(String where) {
    int different = 0;
    int first = -1;
    for (int at = 0; at < judged.getSize(); at++) {
      if (Float.floatToIntBits(output.buffer().get(at)) != Float.floatToIntBits(judged.get(at))) {
        different++;
        first = first < 0 ? at : first;
      }
    }
    return different == 0
        ? null
        : where
            + ": "
            + output.expected().index(first)
            + " = "
            + output.buffer().get(first)
            + ", but "
            + judged.get(first)
            + " in the run that was judged step by step; "
            + different
            + " of "
            + judged.getSize()
            + " differ";
  }
}
