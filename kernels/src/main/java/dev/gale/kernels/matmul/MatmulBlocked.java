package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Matrix multiplication blocked for vector registers, between the tasks of {@link MatmulPacking} in one graph. For
 * processors behind a TornadoVM backend.
 */
public final class MatmulBlocked {

  /** Rows of a block of C: with {@link #COLUMNS} two accumulators each, for 32 registers of sixteen elements. */
  public static final int ROWS = 12;

  /** Columns of such a block. */
  public static final int COLUMNS = 32;

  /** Rows of a small block: with {@link #SMALL_COLUMNS} twelve of sixteen registers of eight elements, or 24 of 32 of four. */
  public static final int SMALL_ROWS = 6;

  /** Columns of a small block. */
  public static final int SMALL_COLUMNS = 16;

  private MatmulBlocked() {}

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j].
   *
   * <p>Work items: one a block of {@code rows} by {@code columns} of C, the columns varying first: a block of A is then read from
   * a cache for one panel of B after another.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says, and no element of C sees the padding of the packed operands.
   *
   * <p>The last block is that of the last {@code rows} rows; of it are stored those that no block before has.
   *
   * <p>Cost: 2 m n k FLOP; {@code rows} elements of A and {@code columns} of B, 4 bytes each, are loaded for 2 rows columns FLOP.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008), section
   * 4, without the blocking for caches; the large block is that of an AVX-512 processor's 32 registers, the small one that of AVX2's sixteen.
   *
   * @param a [m / rows rounded up, k, rows], read: A as {@link MatmulPacking#pack} leaves it
   * @param b [n / columns rounded up, k, columns], read: B as {@link MatmulPacking#pack} leaves it
   * @param c [m, stride] vectors, written: C itself if n is a multiple of columns, else for {@link MatmulPacking#unpack}
   * @param m rows of C
   * @param n columns of C
   * @param k columns of A, rows of B
   * @param stride vectors in a row of c: those of its panels, the last one whole
   * @param rows {@link #ROWS} or {@link #SMALL_ROWS}
   * @param columns {@link #COLUMNS} or {@link #SMALL_COLUMNS}, as the rows
   */
  public static void multiply(
      FloatArray a,
      FloatArray b,
      FloatArray c,
      int m,
      int n,
      int k,
      int stride,
      int rows,
      int columns) {
    for (@Parallel int panel = 0; panel < (n + columns - 1) / columns; panel++) {
      for (@Parallel int block = 0; block < (m + rows - 1) / rows; block++) {
        int vectors = columns / MatmulLargeTile.LANES;
        int row = TornadoMath.min(block * rows, m - rows);
        if (rows == MatmulBlocked.ROWS) {
          MatmulLargeTile.multiply(
              a,
              block * k * rows,
              1,
              rows,
              0,
              k,
              b,
              panel * k * vectors,
              vectors,
              c,
              row * stride + panel * vectors,
              stride,
              block * rows - row);
        } else {
          MatmulSmallTile.multiply(
              a,
              block * k * rows,
              1,
              rows,
              0,
              k,
              b,
              panel * k * vectors,
              vectors,
              c,
              row * stride + panel * vectors,
              stride,
              block * rows - row);
        }
      }
    }
  }
}
