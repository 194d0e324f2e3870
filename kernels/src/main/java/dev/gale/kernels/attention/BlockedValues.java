package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Products of exponentials with values, sixteen columns in registers, for {@link AttentionBlocked}. */
final class BlockedValues {

  /** Columns of the output that are summed in registers at once. */
  private static final int COLUMNS = 16;

  private BlockedValues() {}

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
      Float16 sum4 = Float16.mult(w.get(sums + c + 4), correction);
      Float16 sum5 = Float16.mult(w.get(sums + c + 5), correction);
      Float16 sum6 = Float16.mult(w.get(sums + c + 6), correction);
      Float16 sum7 = Float16.mult(w.get(sums + c + 7), correction);
      Float16 sum8 = Float16.mult(w.get(sums + c + 8), correction);
      Float16 sum9 = Float16.mult(w.get(sums + c + 9), correction);
      Float16 sum10 = Float16.mult(w.get(sums + c + 10), correction);
      Float16 sum11 = Float16.mult(w.get(sums + c + 11), correction);
      Float16 sum12 = Float16.mult(w.get(sums + c + 12), correction);
      Float16 sum13 = Float16.mult(w.get(sums + c + 13), correction);
      Float16 sum14 = Float16.mult(w.get(sums + c + 14), correction);
      Float16 sum15 = Float16.mult(w.get(sums + c + 15), correction);
      for (int j = 0; j < width; j++) {
        Float16 p = w.get(exponentials + j);
        int v = first + j * headDimV + c;
        sum0 = Float16.add(sum0, Float16.mult(p, Lanes.broadcast(values.get(v))));
        sum1 = Float16.add(sum1, Float16.mult(p, Lanes.broadcast(values.get(v + 1))));
        sum2 = Float16.add(sum2, Float16.mult(p, Lanes.broadcast(values.get(v + 2))));
        sum3 = Float16.add(sum3, Float16.mult(p, Lanes.broadcast(values.get(v + 3))));
        sum4 = Float16.add(sum4, Float16.mult(p, Lanes.broadcast(values.get(v + 4))));
        sum5 = Float16.add(sum5, Float16.mult(p, Lanes.broadcast(values.get(v + 5))));
        sum6 = Float16.add(sum6, Float16.mult(p, Lanes.broadcast(values.get(v + 6))));
        sum7 = Float16.add(sum7, Float16.mult(p, Lanes.broadcast(values.get(v + 7))));
        sum8 = Float16.add(sum8, Float16.mult(p, Lanes.broadcast(values.get(v + 8))));
        sum9 = Float16.add(sum9, Float16.mult(p, Lanes.broadcast(values.get(v + 9))));
        sum10 = Float16.add(sum10, Float16.mult(p, Lanes.broadcast(values.get(v + 10))));
        sum11 = Float16.add(sum11, Float16.mult(p, Lanes.broadcast(values.get(v + 11))));
        sum12 = Float16.add(sum12, Float16.mult(p, Lanes.broadcast(values.get(v + 12))));
        sum13 = Float16.add(sum13, Float16.mult(p, Lanes.broadcast(values.get(v + 13))));
        sum14 = Float16.add(sum14, Float16.mult(p, Lanes.broadcast(values.get(v + 14))));
        sum15 = Float16.add(sum15, Float16.mult(p, Lanes.broadcast(values.get(v + 15))));
      }
      w.set(sums + c, sum0);
      w.set(sums + c + 1, sum1);
      w.set(sums + c + 2, sum2);
      w.set(sums + c + 3, sum3);
      w.set(sums + c + 4, sum4);
      w.set(sums + c + 5, sum5);
      w.set(sums + c + 6, sum6);
      w.set(sums + c + 7, sum7);
      w.set(sums + c + 8, sum8);
      w.set(sums + c + 9, sum9);
      w.set(sums + c + 10, sum10);
      w.set(sums + c + 11, sum11);
      w.set(sums + c + 12, sum12);
      w.set(sums + c + 13, sum13);
      w.set(sums + c + 14, sum14);
      w.set(sums + c + 15, sum15);
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
