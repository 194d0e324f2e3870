package dev.gale.kernels.matmul;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** The large register block of {@link MatmulBlocked} and {@link MatmulOneTask}, for 32 registers of sixteen elements: 24 hold sums. */
final class MatmulLargeTile {

  /** Columns of a vector. */
  static final int LANES = 16;

  private MatmulLargeTile() {}

  /**
   * Rows {@code first} and up of a block of C: c[r,:] = sum over l of a[r,l] b[l,:]; element a[r,l] is {@code from + r row + l step + (l / 16)
   * gap} of a, so that rows may lie where they are, or be packed.
   *
   * <p>It keeps below the 600 nodes that TornadoVM inlines: no second bound on the rows, no loop in the loop.
   *
   * @param row elements from a row of A to the next
   * @param step elements from a column of A to the next
   * @param gap elements to leave out behind every 16 columns of A
   * @param k terms
   * @param column vector of B that the first row of the block's columns begins with
   * @param next vectors from a row of B to the next
   * @param to vector of C that row 0 of the block would begin with
   * @param stride vectors from a row of C to the next
   * @param first rows of the block that are not stored
   */
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
    Float16 sum0L = zero;
    Float16 sum0R = zero;
    Float16 sum1L = zero;
    Float16 sum1R = zero;
    Float16 sum2L = zero;
    Float16 sum2R = zero;
    Float16 sum3L = zero;
    Float16 sum3R = zero;
    Float16 sum4L = zero;
    Float16 sum4R = zero;
    Float16 sum5L = zero;
    Float16 sum5R = zero;
    Float16 sum6L = zero;
    Float16 sum6R = zero;
    Float16 sum7L = zero;
    Float16 sum7R = zero;
    Float16 sum8L = zero;
    Float16 sum8R = zero;
    Float16 sum9L = zero;
    Float16 sum9R = zero;
    Float16 sum10L = zero;
    Float16 sum10R = zero;
    Float16 sum11L = zero;
    Float16 sum11R = zero;
    for (int l = 0; l < k; l++) {
      int bl = column + l * next;
      int al = from + l * step + l / LANES * gap;
      Float16 left = vectors.get(bl);
      Float16 right = vectors.get(bl + 1);
      Float16 a0 = Lanes.broadcast(a.get(al));
      sum0L = Float16.add(sum0L, Float16.mult(left, a0));
      sum0R = Float16.add(sum0R, Float16.mult(right, a0));
      int al1 = al + row;
      Float16 a1 = Lanes.broadcast(a.get(al1));
      sum1L = Float16.add(sum1L, Float16.mult(left, a1));
      sum1R = Float16.add(sum1R, Float16.mult(right, a1));
      int al2 = al1 + row;
      Float16 a2 = Lanes.broadcast(a.get(al2));
      sum2L = Float16.add(sum2L, Float16.mult(left, a2));
      sum2R = Float16.add(sum2R, Float16.mult(right, a2));
      int al3 = al2 + row;
      Float16 a3 = Lanes.broadcast(a.get(al3));
      sum3L = Float16.add(sum3L, Float16.mult(left, a3));
      sum3R = Float16.add(sum3R, Float16.mult(right, a3));
      int al4 = al3 + row;
      Float16 a4 = Lanes.broadcast(a.get(al4));
      sum4L = Float16.add(sum4L, Float16.mult(left, a4));
      sum4R = Float16.add(sum4R, Float16.mult(right, a4));
      int al5 = al4 + row;
      Float16 a5 = Lanes.broadcast(a.get(al5));
      sum5L = Float16.add(sum5L, Float16.mult(left, a5));
      sum5R = Float16.add(sum5R, Float16.mult(right, a5));
      int al6 = al5 + row;
      Float16 a6 = Lanes.broadcast(a.get(al6));
      sum6L = Float16.add(sum6L, Float16.mult(left, a6));
      sum6R = Float16.add(sum6R, Float16.mult(right, a6));
      int al7 = al6 + row;
      Float16 a7 = Lanes.broadcast(a.get(al7));
      sum7L = Float16.add(sum7L, Float16.mult(left, a7));
      sum7R = Float16.add(sum7R, Float16.mult(right, a7));
      int al8 = al7 + row;
      Float16 a8 = Lanes.broadcast(a.get(al8));
      sum8L = Float16.add(sum8L, Float16.mult(left, a8));
      sum8R = Float16.add(sum8R, Float16.mult(right, a8));
      int al9 = al8 + row;
      Float16 a9 = Lanes.broadcast(a.get(al9));
      sum9L = Float16.add(sum9L, Float16.mult(left, a9));
      sum9R = Float16.add(sum9R, Float16.mult(right, a9));
      int al10 = al9 + row;
      Float16 a10 = Lanes.broadcast(a.get(al10));
      sum10L = Float16.add(sum10L, Float16.mult(left, a10));
      sum10R = Float16.add(sum10R, Float16.mult(right, a10));
      int al11 = al10 + row;
      Float16 a11 = Lanes.broadcast(a.get(al11));
      sum11L = Float16.add(sum11L, Float16.mult(left, a11));
      sum11R = Float16.add(sum11R, Float16.mult(right, a11));
    }
    VectorFloat16 sums = new VectorFloat16(c);
    if (first == 0) {
      sums.set(to, sum0L);
      sums.set(to + 1, sum0R);
    }
    if (first <= 1) {
      sums.set(to + stride, sum1L);
      sums.set(to + stride + 1, sum1R);
    }
    if (first <= 2) {
      sums.set(to + 2 * stride, sum2L);
      sums.set(to + 2 * stride + 1, sum2R);
    }
    if (first <= 3) {
      sums.set(to + 3 * stride, sum3L);
      sums.set(to + 3 * stride + 1, sum3R);
    }
    if (first <= 4) {
      sums.set(to + 4 * stride, sum4L);
      sums.set(to + 4 * stride + 1, sum4R);
    }
    if (first <= 5) {
      sums.set(to + 5 * stride, sum5L);
      sums.set(to + 5 * stride + 1, sum5R);
    }
    if (first <= 6) {
      sums.set(to + 6 * stride, sum6L);
      sums.set(to + 6 * stride + 1, sum6R);
    }
    if (first <= 7) {
      sums.set(to + 7 * stride, sum7L);
      sums.set(to + 7 * stride + 1, sum7R);
    }
    if (first <= 8) {
      sums.set(to + 8 * stride, sum8L);
      sums.set(to + 8 * stride + 1, sum8R);
    }
    if (first <= 9) {
      sums.set(to + 9 * stride, sum9L);
      sums.set(to + 9 * stride + 1, sum9R);
    }
    if (first <= 10) {
      sums.set(to + 10 * stride, sum10L);
      sums.set(to + 10 * stride + 1, sum10R);
    }
    sums.set(to + 11 * stride, sum11L);
    sums.set(to + 11 * stride + 1, sum11R);
  }
}
