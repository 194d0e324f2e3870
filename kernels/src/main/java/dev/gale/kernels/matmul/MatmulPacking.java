package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * What surrounds {@link MatmulBlocked}: the operands laid out in the order in which it reads them, and its result put
 * where it belongs.
 *
 * <p>The packed operands reach past the edges of A and B where m is no multiple of 12 or n none of 32. What stands
 * there is the last row or column once more: it goes into sums that are not stored, and into no other.
 */
public final class MatmulPacking {

  private static final int ROWS = MatmulBlocked.ROWS;
  private static final int COLUMNS = MatmulBlocked.COLUMNS;
  private static final int VECTORS = MatmulBlocked.VECTORS;
  private static final int LANES = 16;

  /** Rows of B that a work item packs: a panel's are written next to one another. */
  public static final int DEPTH = 16;

  private MatmulPacking() {}

  /**
   * packed[i / 12, l, i modulo 12] = a[min(i, m - 1), l], for i below m rounded up to a multiple of 12.
   *
   * <p>Work items: one a block of 12 rows.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: no FLOP; m k elements of 4 bytes read and written.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: that of {@link MatmulBlocked#multiply}.
   *
   * @param a [m, k], read
   * @param packed [m / 12 rounded up, k, 12], written
   * @param m rows of A
   * @param k columns of A
   */
  public static void packA(FloatArray a, FloatArray packed, int m, int k) {
    for (@Parallel int block = 0; block < (m + ROWS - 1) / ROWS; block++) {
      for (int l = 0; l < k; l++) {
        for (int r = 0; r < ROWS; r++) {
          int row = TornadoMath.min(block * ROWS + r, m - 1);
          packed.set((block * k + l) * ROWS + r, a.get(row * k + l));
        }
      }
    }
  }

  /**
   * packed[j / 32, l, j modulo 32 / 16] is the vector of b[l, min(j, n - 1)] over 16 columns j.
   *
   * <p>Work items: one a piece of {@value #DEPTH} rows of B.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: no FLOP; k n elements of 4 bytes read and written.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: that of {@link MatmulBlocked#multiply}.
   *
   * @param b [k, n], read
   * @param packed [n / 32 rounded up, k, 2] vectors, written
   * @param n columns of B
   * @param k rows of B
   */
  public static void packB(FloatArray b, VectorFloat16 packed, int n, int k) {
    for (@Parallel int piece = 0; piece < (k + DEPTH - 1) / DEPTH; piece++) {
      for (int i = 0; i < (n + COLUMNS - 1) / COLUMNS * VECTORS; i++) {
        int column = i * LANES;
        int to = i / VECTORS * k * VECTORS + i % VECTORS;
        for (int l = piece * DEPTH; l < TornadoMath.min(piece * DEPTH + DEPTH, k); l++) {
          int from = l * n + column;
          if (column + LANES <= n) {
            packed.set(to + l * VECTORS, load(b, from));
          } else {
            packed.set(to + l * VECTORS, load(b, from, n - 1 - column));
          }
        }
      }
    }
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
   */
  public static void unpack(VectorFloat16 packed, FloatArray c, int m, int n) {
    for (@Parallel int row = 0; row < m; row++) {
      int from = row * ((n + COLUMNS - 1) / COLUMNS) * VECTORS;
      int to = row * n;
      for (int i = 0; i < n / LANES; i++) {
        store(c, to + i * LANES, packed.get(from + i));
      }
      int columns = n % LANES;
      if (columns > 0) {
        store(c, to + n - columns, packed.get(from + n / LANES), columns);
      }
    }
  }

  private static Float16 load(FloatArray b, int from) {
    return new Float16(
        b.get(from),
        b.get(from + 1),
        b.get(from + 2),
        b.get(from + 3),
        b.get(from + 4),
        b.get(from + 5),
        b.get(from + 6),
        b.get(from + 7),
        b.get(from + 8),
        b.get(from + 9),
        b.get(from + 10),
        b.get(from + 11),
        b.get(from + 12),
        b.get(from + 13),
        b.get(from + 14),
        b.get(from + 15));
  }

  /** The index is limited, not the value selected: TornadoVM's compiler fails on a branch for each lane. */
  private static Float16 load(FloatArray b, int from, int last) {
    return new Float16(
        b.get(from + TornadoMath.min(0, last)),
        b.get(from + TornadoMath.min(1, last)),
        b.get(from + TornadoMath.min(2, last)),
        b.get(from + TornadoMath.min(3, last)),
        b.get(from + TornadoMath.min(4, last)),
        b.get(from + TornadoMath.min(5, last)),
        b.get(from + TornadoMath.min(6, last)),
        b.get(from + TornadoMath.min(7, last)),
        b.get(from + TornadoMath.min(8, last)),
        b.get(from + TornadoMath.min(9, last)),
        b.get(from + TornadoMath.min(10, last)),
        b.get(from + TornadoMath.min(11, last)),
        b.get(from + TornadoMath.min(12, last)),
        b.get(from + TornadoMath.min(13, last)),
        b.get(from + TornadoMath.min(14, last)),
        b.get(from + TornadoMath.min(15, last)));
  }

  private static void store(FloatArray to, int at, Float16 x) {
    to.set(at, x.getS0());
    to.set(at + 1, x.getS1());
    to.set(at + 2, x.getS2());
    to.set(at + 3, x.getS3());
    to.set(at + 4, x.getS4());
    to.set(at + 5, x.getS5());
    to.set(at + 6, x.getS6());
    to.set(at + 7, x.getS7());
    to.set(at + 8, x.getS8());
    to.set(at + 9, x.getS9());
    to.set(at + 10, x.getS10());
    to.set(at + 11, x.getS11());
    to.set(at + 12, x.getS12());
    to.set(at + 13, x.getS13());
    to.set(at + 14, x.getS14());
    to.set(at + 15, x.getS15());
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
