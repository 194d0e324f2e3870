package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Matrix multiplication blocked for vector registers, in three tasks of one graph: {@link #packA} and {@link #packB}
 * lay the operands out in the order in which {@link #multiply} reads them. For processors behind a TornadoVM backend.
 *
 * <p>The packed operands reach past the edges of A and B where m is no multiple of 8 or n none of 16. What stands
 * there is the last row or column once more: it goes into sums that are not stored, and into no other.
 */
public final class MatmulBlocked {

  /** Rows of C that a work item computes, in one vector accumulator each. */
  public static final int ROWS = 8;

  /** Columns of C that a work item computes: the lanes of a vector. */
  public static final int COLUMNS = 16;

  private MatmulBlocked() {}

  /**
   * packed[i / 8, l, i modulo 8] = a[min(i, m - 1), l], for i below m rounded up to a multiple of 8.
   *
   * <p>Work items: one a group of 8 rows and a column of A.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: no FLOP; m k elements of 4 bytes read and written.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008), section
   * 4, without the blocking for caches.
   *
   * @param a [m, k], read
   * @param packed [m / 8 rounded up, k, 8], written
   * @param m rows of A
   * @param k columns of A
   */
  public static void packA(FloatArray a, FloatArray packed, int m, int k) {
    for (@Parallel int block = 0; block < (m + ROWS - 1) / ROWS; block++) {
      for (@Parallel int l = 0; l < k; l++) {
        for (int r = 0; r < ROWS; r++) {
          int row = TornadoMath.min(block * ROWS + r, m - 1);
          packed.set((block * k + l) * ROWS + r, a.get(row * k + l));
        }
      }
    }
  }

  /**
   * packed[j / 16, l] is the vector of b[l, min(j, n - 1)] over the 16 columns j of that panel.
   *
   * <p>Work items: one a row of B and a panel of 16 columns.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: no FLOP; k n elements of 4 bytes read and written.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: as for {@link #packA}.
   *
   * @param b [k, n], read
   * @param packed [n / 16 rounded up, k] vectors, written
   * @param n columns of B
   * @param k rows of B
   */
  public static void packB(FloatArray b, VectorFloat16 packed, int n, int k) {
    for (@Parallel int l = 0; l < k; l++) {
      for (@Parallel int panel = 0; panel < (n + COLUMNS - 1) / COLUMNS; panel++) {
        int column = panel * COLUMNS;
        int from = l * n + column;
        if (column + COLUMNS <= n) {
          packed.set(
              panel * k + l,
              new Float16(
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
                  b.get(from + 15)));
        } else {
          int last = n - 1 - column;
          // The index is limited, not the value selected: TornadoVM's compiler fails on a branch
          // for each lane.
          packed.set(
              panel * k + l,
              new Float16(
                  b.get(from),
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
                  b.get(from + TornadoMath.min(15, last))));
        }
      }
    }
  }

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j].
   *
   * <p>Work items: one a block of 8 rows by 16 columns of C.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says, and no element of C sees the padding of the packed operands.
   *
   * <p>Cost: 2 m n k FLOP; 8 elements of A and 16 of B, 4 bytes each, are loaded for 256 FLOP.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: as for {@link #packA}; the register block is that of an AVX-512 processor's 32 registers.
   *
   * @param a [m / 8 rounded up, k, 8], read: A as {@link #packA} leaves it
   * @param b [n / 16 rounded up, k] vectors, read: B as {@link #packB} leaves it
   * @param c [m, n], written
   * @param m rows of C
   * @param n columns of C
   * @param k columns of A, rows of B
   */
  public static void multiply(FloatArray a, VectorFloat16 b, FloatArray c, int m, int n, int k) {
    for (@Parallel int block = 0; block < (m + ROWS - 1) / ROWS; block++) {
      for (@Parallel int panel = 0; panel < (n + COLUMNS - 1) / COLUMNS; panel++) {
        Float16 sum0 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum1 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum2 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum3 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum4 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum5 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum6 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Float16 sum7 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int l = 0; l < k; l++) {
          Float16 bl = b.get(panel * k + l);
          int al = (block * k + l) * ROWS;
          sum0 = Float16.add(sum0, Float16.mult(bl, broadcast(a.get(al))));
          sum1 = Float16.add(sum1, Float16.mult(bl, broadcast(a.get(al + 1))));
          sum2 = Float16.add(sum2, Float16.mult(bl, broadcast(a.get(al + 2))));
          sum3 = Float16.add(sum3, Float16.mult(bl, broadcast(a.get(al + 3))));
          sum4 = Float16.add(sum4, Float16.mult(bl, broadcast(a.get(al + 4))));
          sum5 = Float16.add(sum5, Float16.mult(bl, broadcast(a.get(al + 5))));
          sum6 = Float16.add(sum6, Float16.mult(bl, broadcast(a.get(al + 6))));
          sum7 = Float16.add(sum7, Float16.mult(bl, broadcast(a.get(al + 7))));
        }
        int row = block * ROWS;
        int column = panel * COLUMNS;
        int rows = m - row;
        int columns = n - column;
        int to = row * n + column;
        store(c, to, sum0, columns);
        if (rows > 1) {
          store(c, to + n, sum1, columns);
        }
        if (rows > 2) {
          store(c, to + 2 * n, sum2, columns);
        }
        if (rows > 3) {
          store(c, to + 3 * n, sum3, columns);
        }
        if (rows > 4) {
          store(c, to + 4 * n, sum4, columns);
        }
        if (rows > 5) {
          store(c, to + 5 * n, sum5, columns);
        }
        if (rows > 6) {
          store(c, to + 6 * n, sum6, columns);
        }
        if (rows > 7) {
          store(c, to + 7 * n, sum7, columns);
        }
      }
    }
  }

  /** A vector product by a vector stays one instruction; one by a scalar comes out as sixteen. */
  private static Float16 broadcast(float x) {
    return new Float16(x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x);
  }

  private static void store(FloatArray c, int to, Float16 sum, int columns) {
    c.set(to, sum.getS0());
    if (columns > 1) {
      c.set(to + 1, sum.getS1());
    }
    if (columns > 2) {
      c.set(to + 2, sum.getS2());
    }
    if (columns > 3) {
      c.set(to + 3, sum.getS3());
    }
    if (columns > 4) {
      c.set(to + 4, sum.getS4());
    }
    if (columns > 5) {
      c.set(to + 5, sum.getS5());
    }
    if (columns > 6) {
      c.set(to + 6, sum.getS6());
    }
    if (columns > 7) {
      c.set(to + 7, sum.getS7());
    }
    if (columns > 8) {
      c.set(to + 8, sum.getS8());
    }
    if (columns > 9) {
      c.set(to + 9, sum.getS9());
    }
    if (columns > 10) {
      c.set(to + 10, sum.getS10());
    }
    if (columns > 11) {
      c.set(to + 11, sum.getS11());
    }
    if (columns > 12) {
      c.set(to + 12, sum.getS12());
    }
    if (columns > 13) {
      c.set(to + 13, sum.getS13());
    }
    if (columns > 14) {
      c.set(to + 14, sum.getS14());
    }
    if (columns > 15) {
      c.set(to + 15, sum.getS15());
    }
  }
}
