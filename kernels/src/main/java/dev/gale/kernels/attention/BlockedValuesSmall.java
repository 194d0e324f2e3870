package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** What {@link BlockedValues} does, four columns at a time, for few registers. */
final class BlockedValuesSmall {

  /** Columns of the output that are summed in registers at once. */
  private static final int COLUMNS = 4;

  private BlockedValuesSmall() {}

  /**
   * sums[c] = sums[c] correction + sum over j of exponentials[j] values[j,c].
   *
   * @param work holds the sums, from vector {@code sums} on, and the exponentials, from vector {@code exponentials} on
   * @param first where the first of the values begins
   * @param width keys
   * @param headDimV elements of a value
   */
  static void multiply(
      FloatArray work,
      FloatArray values,
      int sums,
      int exponentials,
      Float16 correction,
      int first,
      int width,
      int headDimV) {
    VectorFloat16 w = new VectorFloat16(work);
    for (int c = 0; c < headDimV - COLUMNS + 1; c += COLUMNS) {
      Float16 sum0 = Float16.mult(w.get(sums + c), correction);
      Float16 sum1 = Float16.mult(w.get(sums + c + 1), correction);
      Float16 sum2 = Float16.mult(w.get(sums + c + 2), correction);
      Float16 sum3 = Float16.mult(w.get(sums + c + 3), correction);
      for (int j = 0; j < width; j++) {
        Float16 p = w.get(exponentials + j);
        int v = first + j * headDimV + c;
        sum0 = Float16.add(sum0, Float16.mult(p, Lanes.broadcast(values.get(v))));
        sum1 = Float16.add(sum1, Float16.mult(p, Lanes.broadcast(values.get(v + 1))));
        sum2 = Float16.add(sum2, Float16.mult(p, Lanes.broadcast(values.get(v + 2))));
        sum3 = Float16.add(sum3, Float16.mult(p, Lanes.broadcast(values.get(v + 3))));
      }
      w.set(sums + c, sum0);
      w.set(sums + c + 1, sum1);
      w.set(sums + c + 2, sum2);
      w.set(sums + c + 3, sum3);
    }
    for (int c = headDimV / COLUMNS * COLUMNS; c < headDimV; c++) {
      Float16 sum = Float16.mult(w.get(sums + c), correction);
      for (int j = 0; j < width; j++) {
        float v = values.get(first + j * headDimV + c);
        sum = Float16.add(sum, Float16.mult(w.get(exponentials + j), Lanes.broadcast(v)));
      }
      w.set(sums + c, sum);
    }
  }
}
