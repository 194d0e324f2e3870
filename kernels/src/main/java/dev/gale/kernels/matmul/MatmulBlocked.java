package dev.gale.kernels.matmul;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Matrix multiplication blocked for vector registers, between the tasks of {@link MatmulPacking} in one graph. For
 * processors behind a TornadoVM backend.
 */
public final class MatmulBlocked {

  /** Rows of C that a work item computes, in two vector accumulators each. */
  public static final int ROWS = 12;

  /** Vectors in a row of such a block. */
  static final int VECTORS = 2;

  /** Columns of C that a work item computes. */
  public static final int COLUMNS = 32;

  private MatmulBlocked() {}

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j].
   *
   * <p>Work items: one a block of 12 rows by 32 columns of C, the columns varying first: a block of A is then read from
   * a cache for one panel of B after another.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says, and no element of C sees the padding of the packed operands.
   *
   * <p>Cost: 2 m n k FLOP; 12 elements of A and 32 of B, 4 bytes each, are loaded for 768 FLOP.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008), section
   * 4, without the blocking for caches; the register block is that of an AVX-512 processor's 32 registers.
   *
   * @param a [m / 12 rounded up, k, 12], read: A as {@link MatmulPacking#pack} leaves it
   * @param b [n / 32 rounded up, k, 32], read: B as {@link MatmulPacking#pack} leaves it
   * @param c [m, stride] vectors, written: C itself if n is a multiple of 32, else for {@link MatmulPacking#unpack}
   * @param m rows of C
   * @param n columns of C
   * @param k columns of A, rows of B
   * @param stride vectors in a row of c: 2 for each panel of 32 columns, the last one whole
   */
  public static void multiply(
      FloatArray a, FloatArray b, FloatArray c, int m, int n, int k, int stride) {
    for (@Parallel int panel = 0; panel < (n + COLUMNS - 1) / COLUMNS; panel++) {
      for (@Parallel int block = 0; block < (m + ROWS - 1) / ROWS; block++) {
        // A view, which costs nothing on a device: sixteen loads would stay sixteen.
        VectorFloat16 vectors = new VectorFloat16(b);
        Float16 sum0L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum0R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum1L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum1R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum2L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum2R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum3L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum3R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum4L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum4R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum5L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum5R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum6L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum6R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum7L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum7R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum8L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum8R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum9L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum9R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum10L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum10R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum11L = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum11R = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int l = 0; l < k; l++) {
          Float16 left = vectors.get((panel * k + l) * VECTORS);
          Float16 right = vectors.get((panel * k + l) * VECTORS + 1);
          int al = (block * k + l) * ROWS;
          Float16 a0 = Lanes.broadcast(a.get(al));
          sum0L = Float16.add(sum0L, Float16.mult(left, a0));
          sum0R = Float16.add(sum0R, Float16.mult(right, a0));
          Float16 a1 = Lanes.broadcast(a.get(al + 1));
          sum1L = Float16.add(sum1L, Float16.mult(left, a1));
          sum1R = Float16.add(sum1R, Float16.mult(right, a1));
          Float16 a2 = Lanes.broadcast(a.get(al + 2));
          sum2L = Float16.add(sum2L, Float16.mult(left, a2));
          sum2R = Float16.add(sum2R, Float16.mult(right, a2));
          Float16 a3 = Lanes.broadcast(a.get(al + 3));
          sum3L = Float16.add(sum3L, Float16.mult(left, a3));
          sum3R = Float16.add(sum3R, Float16.mult(right, a3));
          Float16 a4 = Lanes.broadcast(a.get(al + 4));
          sum4L = Float16.add(sum4L, Float16.mult(left, a4));
          sum4R = Float16.add(sum4R, Float16.mult(right, a4));
          Float16 a5 = Lanes.broadcast(a.get(al + 5));
          sum5L = Float16.add(sum5L, Float16.mult(left, a5));
          sum5R = Float16.add(sum5R, Float16.mult(right, a5));
          Float16 a6 = Lanes.broadcast(a.get(al + 6));
          sum6L = Float16.add(sum6L, Float16.mult(left, a6));
          sum6R = Float16.add(sum6R, Float16.mult(right, a6));
          Float16 a7 = Lanes.broadcast(a.get(al + 7));
          sum7L = Float16.add(sum7L, Float16.mult(left, a7));
          sum7R = Float16.add(sum7R, Float16.mult(right, a7));
          Float16 a8 = Lanes.broadcast(a.get(al + 8));
          sum8L = Float16.add(sum8L, Float16.mult(left, a8));
          sum8R = Float16.add(sum8R, Float16.mult(right, a8));
          Float16 a9 = Lanes.broadcast(a.get(al + 9));
          sum9L = Float16.add(sum9L, Float16.mult(left, a9));
          sum9R = Float16.add(sum9R, Float16.mult(right, a9));
          Float16 a10 = Lanes.broadcast(a.get(al + 10));
          sum10L = Float16.add(sum10L, Float16.mult(left, a10));
          sum10R = Float16.add(sum10R, Float16.mult(right, a10));
          Float16 a11 = Lanes.broadcast(a.get(al + 11));
          sum11L = Float16.add(sum11L, Float16.mult(left, a11));
          sum11R = Float16.add(sum11R, Float16.mult(right, a11));
        }
        VectorFloat16 sums = new VectorFloat16(c);
        int to = block * ROWS * stride + panel * VECTORS;
        int rows = m - block * ROWS;
        sums.set(to, sum0L);
        sums.set(to + 1, sum0R);
        if (rows > 1) {
          sums.set(to + stride, sum1L);
          sums.set(to + stride + 1, sum1R);
        }
        if (rows > 2) {
          sums.set(to + 2 * stride, sum2L);
          sums.set(to + 2 * stride + 1, sum2R);
        }
        if (rows > 3) {
          sums.set(to + 3 * stride, sum3L);
          sums.set(to + 3 * stride + 1, sum3R);
        }
        if (rows > 4) {
          sums.set(to + 4 * stride, sum4L);
          sums.set(to + 4 * stride + 1, sum4R);
        }
        if (rows > 5) {
          sums.set(to + 5 * stride, sum5L);
          sums.set(to + 5 * stride + 1, sum5R);
        }
        if (rows > 6) {
          sums.set(to + 6 * stride, sum6L);
          sums.set(to + 6 * stride + 1, sum6R);
        }
        if (rows > 7) {
          sums.set(to + 7 * stride, sum7L);
          sums.set(to + 7 * stride + 1, sum7R);
        }
        if (rows > 8) {
          sums.set(to + 8 * stride, sum8L);
          sums.set(to + 8 * stride + 1, sum8R);
        }
        if (rows > 9) {
          sums.set(to + 9 * stride, sum9L);
          sums.set(to + 9 * stride + 1, sum9R);
        }
        if (rows > 10) {
          sums.set(to + 10 * stride, sum10L);
          sums.set(to + 10 * stride + 1, sum10R);
        }
        if (rows > 11) {
          sums.set(to + 11 * stride, sum11L);
          sums.set(to + 11 * stride + 1, sum11R);
        }
      }
    }
  }
}
