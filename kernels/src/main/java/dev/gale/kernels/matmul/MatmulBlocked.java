package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Matrix multiplication blocked for vector registers, between the tasks of {@link MatmulPacking} in one graph. For
 * processors behind a TornadoVM backend.
 */
public final class MatmulBlocked {

  /** Rows of C that a work item computes, in two vector accumulators each. */
  public static final int ROWS = 12;

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
   * <p>The last block is that of the last 12 rows; of it are stored those that no block before has.
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
        int row = TornadoMath.min(block * ROWS, m - ROWS);
        MatmulTile.multiply(
            a,
            block * k * ROWS,
            1,
            ROWS,
            0,
            k,
            b,
            panel * k * MatmulTile.VECTORS,
            MatmulTile.VECTORS,
            c,
            row * stride + panel * MatmulTile.VECTORS,
            stride,
            block * ROWS - row);
      }
    }
  }
}
