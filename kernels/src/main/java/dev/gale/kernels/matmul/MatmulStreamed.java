package dev.gale.kernels.matmul;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Matrix multiplication of few rows: B is read once, where it lies, and nothing is packed. For processors behind a
 * TornadoVM backend.
 */
public final class MatmulStreamed {

  /** Columns of a vector. */
  public static final int LANES = MatmulLargeTile.LANES;

  /** Rows of B, and of A, that one pass takes. */
  private static final int STEPS = 4;

  private MatmulStreamed() {}

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j], for so few rows that memory sets the pace.
   *
   * <p>Work items: one a run of {@code width} columns of C. Four rows of B at a time pass by, as they lie; the sums stay in C, in a cache if
   * {@code m width} elements fit there.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says.
   *
   * <p>Cost: 2 m n k FLOP; B is read once, 4 bytes an element, C read and written once for each four rows of B, from a cache. By vectors where n is a
   * multiple of 16, else element by element.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.BlockedMatmul}.
   *
   * <p>Source: the row-wise product of a vector and a matrix, four rows at a time, as in {@link MatmulVector#matmulFewRows}; there sums are gathered in memory of the
   * item's own.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param c [m, n], written and read
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k columns of A, rows of B
   * @param width columns of a work item, a multiple of 16
   */
  public static void multiply(
      FloatArray a, FloatArray b, FloatArray c, int m, int n, int k, int width) {
    for (@Parallel int item = 0; item < (n - 1) / width + 1; item++) {
      VectorFloat16 sums = new VectorFloat16(c);
      int first = item * width;
      int end = first + TornadoMath.min(width, n - first);
      // Rows that are no whole vectors begin anywhere: theirs are read element by element.
      int whole = n % LANES == 0 ? end : first;
      int vectors = (whole - first) / LANES;
      for (int i = 0; i < m; i++) {
        for (int v = 0; v < vectors; v++) {
          sums.set(
              (i * n + first) / LANES + v,
              new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }
        for (int j = whole; j < end; j++) {
          c.set(i * n + j, 0.0f);
        }
      }
      for (int l = 0; l < k / STEPS * STEPS; l += STEPS) {
        int row = l * n + first;
        for (int i = 0; i < m / STEPS * STEPS; i += STEPS) {
          fourRows(a, b, c, i * k + l, k, row, n, i * n + first, vectors);
        }
        for (int i = m / STEPS * STEPS; i < m; i++) {
          oneRow(a, b, c, i * k + l, row, n, i * n + first, vectors);
        }
        for (int i = 0; i < m; i++) {
          float a0 = a.get(i * k + l);
          float a1 = a.get(i * k + l + 1);
          float a2 = a.get(i * k + l + 2);
          float a3 = a.get(i * k + l + 3);
          for (int j = whole; j < end; j++) {
            int at = l * n + j;
            float sum = c.get(i * n + j);
            sum += a0 * b.get(at);
            sum += a1 * b.get(at + n);
            sum += a2 * b.get(at + 2 * n);
            sum += a3 * b.get(at + 3 * n);
            c.set(i * n + j, sum);
          }
        }
      }
      for (int l = k / STEPS * STEPS; l < k; l++) {
        for (int i = 0; i < m; i++) {
          float factor = a.get(i * k + l);
          for (int j = first; j < end; j++) {
            c.set(i * n + j, c.get(i * n + j) + factor * b.get(l * n + j));
          }
        }
      }
    }
  }

  /** One row of C, from vector {@code to / 16} on, and four rows of B: c += a[0] b[0,:] + ... + a[3] b[3,:]. */
  private static void oneRow(
      FloatArray a, FloatArray b, FloatArray c, int from, int row, int n, int to, int vectors) {
    VectorFloat16 rows = new VectorFloat16(b);
    VectorFloat16 sums = new VectorFloat16(c);
    Float16 a0 = Lanes.broadcast(a.get(from));
    Float16 a1 = Lanes.broadcast(a.get(from + 1));
    Float16 a2 = Lanes.broadcast(a.get(from + 2));
    Float16 a3 = Lanes.broadcast(a.get(from + 3));
    int stride = n / LANES;
    for (int v = 0; v < vectors; v++) {
      int at = row / LANES + v;
      Float16 sum = Float16.add(sums.get(to / LANES + v), Float16.mult(a0, rows.get(at)));
      sum = Float16.add(sum, Float16.mult(a1, rows.get(at + stride)));
      sum = Float16.add(sum, Float16.mult(a2, rows.get(at + 2 * stride)));
      sums.set(to / LANES + v, Float16.add(sum, Float16.mult(a3, rows.get(at + 3 * stride))));
    }
  }

  /** The same of four rows of C, {@code n} elements apart, and of A, {@code k} elements apart. */
  private static void fourRows(
      FloatArray a,
      FloatArray b,
      FloatArray c,
      int from,
      int k,
      int row,
      int n,
      int to,
      int vectors) {
    VectorFloat16 rows = new VectorFloat16(b);
    VectorFloat16 sums = new VectorFloat16(c);
    int from1 = from + k;
    int from2 = from1 + k;
    int from3 = from2 + k;
    Float16 a00 = Lanes.broadcast(a.get(from));
    Float16 a01 = Lanes.broadcast(a.get(from + 1));
    Float16 a02 = Lanes.broadcast(a.get(from + 2));
    Float16 a03 = Lanes.broadcast(a.get(from + 3));
    Float16 a10 = Lanes.broadcast(a.get(from1));
    Float16 a11 = Lanes.broadcast(a.get(from1 + 1));
    Float16 a12 = Lanes.broadcast(a.get(from1 + 2));
    Float16 a13 = Lanes.broadcast(a.get(from1 + 3));
    Float16 a20 = Lanes.broadcast(a.get(from2));
    Float16 a21 = Lanes.broadcast(a.get(from2 + 1));
    Float16 a22 = Lanes.broadcast(a.get(from2 + 2));
    Float16 a23 = Lanes.broadcast(a.get(from2 + 3));
    Float16 a30 = Lanes.broadcast(a.get(from3));
    Float16 a31 = Lanes.broadcast(a.get(from3 + 1));
    Float16 a32 = Lanes.broadcast(a.get(from3 + 2));
    Float16 a33 = Lanes.broadcast(a.get(from3 + 3));
    int stride = n / LANES;
    for (int v = 0; v < vectors; v++) {
      int at = row / LANES + v;
      int sum = to / LANES + v;
      Float16 b0 = rows.get(at);
      Float16 b1 = rows.get(at + stride);
      Float16 b2 = rows.get(at + 2 * stride);
      Float16 b3 = rows.get(at + 3 * stride);
      Float16 c0 = Float16.add(sums.get(sum), Float16.mult(a00, b0));
      Float16 c1 = Float16.add(sums.get(sum + stride), Float16.mult(a10, b0));
      Float16 c2 = Float16.add(sums.get(sum + 2 * stride), Float16.mult(a20, b0));
      Float16 c3 = Float16.add(sums.get(sum + 3 * stride), Float16.mult(a30, b0));
      c0 = Float16.add(c0, Float16.mult(a01, b1));
      c1 = Float16.add(c1, Float16.mult(a11, b1));
      c2 = Float16.add(c2, Float16.mult(a21, b1));
      c3 = Float16.add(c3, Float16.mult(a31, b1));
      c0 = Float16.add(c0, Float16.mult(a02, b2));
      c1 = Float16.add(c1, Float16.mult(a12, b2));
      c2 = Float16.add(c2, Float16.mult(a22, b2));
      c3 = Float16.add(c3, Float16.mult(a32, b2));
      sums.set(sum, Float16.add(c0, Float16.mult(a03, b3)));
      sums.set(sum + stride, Float16.add(c1, Float16.mult(a13, b3)));
      sums.set(sum + 2 * stride, Float16.add(c2, Float16.mult(a23, b3)));
      sums.set(sum + 3 * stride, Float16.add(c3, Float16.mult(a33, b3)));
    }
  }
}
