package dev.gale.kernels.matmul;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * What surrounds {@link MatmulBlocked}: the operands laid out in the order in which it reads them, and its result put
 * where it belongs.
 *
 * <p>A block has 12 rows and a panel 32 columns, or 6 and 16 ({@link MatmulBlocked#SMALL_ROWS}). The last block of rows holds the last ones there are, some of which the block before it may hold too, and the first row several times
 * where there are not so many. The last panel reaches past the edge of B where n is no multiple of its columns: what stands there is the last column
 * once more. Either goes into sums that are not stored, and into no other.
 */
public final class MatmulPacking {

  private static final int LANES = MatmulLargeTile.LANES;

  /** Rows of B that a work item packs: a panel's are written next to one another. */
  static final int DEPTH = 16;

  private MatmulPacking() {}

  /**
   * packedA[i, l, r] = a[max(min(rows i, m - rows) + r, 0), l], for r below rows;
   * packedB[j / columns, l, j modulo columns] = b[l, min(j, n - 1)], for j below n rounded up to a multiple of columns.
   *
   * <p>Work items: {@link #items}: one a block of rows of A, then one a piece of {@value #DEPTH} rows of B. One task for both: a task
   * more is some 40 us more.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: no FLOP; m k + k n elements of 4 bytes read and written, those of B sixteen at once where its rows are whole vectors.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: that of {@link MatmulBlocked#multiply}.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param packedA [m / rows rounded up, k, rows], written
   * @param packedB [n / columns rounded up, k, columns], written
   * @param m rows of A
   * @param n columns of B
   * @param k columns of A, rows of B
   * @param rows of a block
   * @param columns of a panel
   */
  public static void pack(
      FloatArray a,
      FloatArray b,
      FloatArray packedA,
      FloatArray packedB,
      int m,
      int n,
      int k,
      int rows,
      int columns) {
    for (@Parallel int item = 0; item < (m + rows - 1) / rows + (k + DEPTH - 1) / DEPTH; item++) {
      // A view, which costs nothing on a device: of sixteen stores it makes one.
      VectorFloat16 toColumns = new VectorFloat16(packedB);
      int vectors = columns / LANES;
      int blocks = (m + rows - 1) / rows;
      if (item < blocks) {
        for (int l = 0; l < k; l++) {
          for (int r = 0; r < rows; r++) {
            int row = TornadoMath.max(TornadoMath.min(item * rows, m - rows) + r, 0);
            packedA.set((item * k + l) * rows + r, a.get(row * k + l));
          }
        }
      } else {
        VectorFloat16 ofB = new VectorFloat16(b);
        int first = (item - blocks) * DEPTH;
        int end = TornadoMath.min(first + DEPTH, k);
        for (int panel = 0; panel < (n + columns - 1) / columns; panel++) {
          for (int l = first; l < end; l++) {
            for (int v = 0; v < vectors; v++) {
              int column = panel * columns + v * LANES;
              int from = l * n + column;
              int to = (panel * k + l) * vectors + v;
              if (column + LANES > n) {
                toColumns.set(to, Lanes.load(b, from, n - 1 - column));
              } else if (n % LANES == 0) {
                toColumns.set(to, ofB.get(from / LANES));
              } else {
                toColumns.set(to, Lanes.load(b, from));
              }
            }
          }
        }
      }
    }
  }

  /** Work items of {@link #pack}. */
  public static int items(int m, int k, int rows) {
    return Math.ceilDiv(m, rows) + Math.ceilDiv(k, DEPTH);
  }

  /**
   * c[i,j] = packed[i, j / 16] at lane j modulo 16.
   *
   * <p>Work items: one a row of C.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: no FLOP; m n elements of 4 bytes read and written.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: that of {@link MatmulBlocked#multiply}.
   *
   * @param packed C as {@link MatmulBlocked#multiply} leaves it, read
   * @param c [m, n], written
   * @param m rows of C
   * @param n columns of C
   * @param stride vectors in a row of packed
   */
  public static void unpack(FloatArray packed, FloatArray c, int m, int n, int stride) {
    for (@Parallel int row = 0; row < m; row++) {
      VectorFloat16 sums = new VectorFloat16(packed);
      int from = row * stride;
      int to = row * n;
      for (int i = 0; i < n / LANES; i++) {
        Lanes.store(c, to + i * LANES, sums.get(from + i));
      }
      int columns = n % LANES;
      if (columns > 0) {
        store(c, to + n - columns, sums.get(from + n / LANES), columns);
      }
    }
  }

  private static void store(FloatArray to, int at, Float16 x, int columns) {
    to.set(at, x.getS0());
    if (columns > 1) {
      to.set(at + 1, x.getS1());
    }
    if (columns > 2) {
      to.set(at + 2, x.getS2());
    }
    if (columns > 3) {
      to.set(at + 3, x.getS3());
    }
    if (columns > 4) {
      to.set(at + 4, x.getS4());
    }
    if (columns > 5) {
      to.set(at + 5, x.getS5());
    }
    if (columns > 6) {
      to.set(at + 6, x.getS6());
    }
    if (columns > 7) {
      to.set(at + 7, x.getS7());
    }
    if (columns > 8) {
      to.set(at + 8, x.getS8());
    }
    if (columns > 9) {
      to.set(at + 9, x.getS9());
    }
    if (columns > 10) {
      to.set(at + 10, x.getS10());
    }
    if (columns > 11) {
      to.set(at + 11, x.getS11());
    }
    if (columns > 12) {
      to.set(at + 12, x.getS12());
    }
    if (columns > 13) {
      to.set(at + 13, x.getS13());
    }
    if (columns > 14) {
      to.set(at + 14, x.getS14());
    }
  }
}
