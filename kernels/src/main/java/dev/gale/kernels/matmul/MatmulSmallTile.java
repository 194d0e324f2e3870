package dev.gale.kernels.matmul;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** The small register block, for sixteen registers of eight elements, or 32 of four: twelve, or 24, hold sums. */
final class MatmulSmallTile {

  private MatmulSmallTile() {}

  /** {@link MatmulLargeTile#multiply} for 6 rows by one vector. */
  static void multiply(
      FloatArray a,
      int from,
      int row,
      int step,
      int gap,
      int k,
      FloatArray b,
      int column,
      int next,
      FloatArray c,
      int to,
      int stride,
      int first) {
    VectorFloat16 vectors = new VectorFloat16(b);
    Float16 zero = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum0 = zero;
    Float16 sum1 = zero;
    Float16 sum2 = zero;
    Float16 sum3 = zero;
    Float16 sum4 = zero;
    Float16 sum5 = zero;
    for (int l = 0; l < k; l++) {
      int al = from + l * step + l / MatmulLargeTile.LANES * gap;
      Float16 vector = vectors.get(column + l * next);
      sum0 = Float16.add(sum0, Float16.mult(vector, Lanes.broadcast(a.get(al))));
      int al1 = al + row;
      sum1 = Float16.add(sum1, Float16.mult(vector, Lanes.broadcast(a.get(al1))));
      int al2 = al1 + row;
      sum2 = Float16.add(sum2, Float16.mult(vector, Lanes.broadcast(a.get(al2))));
      int al3 = al2 + row;
      sum3 = Float16.add(sum3, Float16.mult(vector, Lanes.broadcast(a.get(al3))));
      int al4 = al3 + row;
      sum4 = Float16.add(sum4, Float16.mult(vector, Lanes.broadcast(a.get(al4))));
      int al5 = al4 + row;
      sum5 = Float16.add(sum5, Float16.mult(vector, Lanes.broadcast(a.get(al5))));
    }
    VectorFloat16 sums = new VectorFloat16(c);
    if (first == 0) {
      sums.set(to, sum0);
    }
    if (first <= 1) {
      sums.set(to + stride, sum1);
    }
    if (first <= 2) {
      sums.set(to + 2 * stride, sum2);
    }
    if (first <= 3) {
      sums.set(to + 3 * stride, sum3);
    }
    if (first <= 4) {
      sums.set(to + 4 * stride, sum4);
    }
    sums.set(to + 5 * stride, sum5);
  }
}
