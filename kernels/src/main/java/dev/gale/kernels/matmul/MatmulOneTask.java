package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;

/**
 * The blocks of {@link MatmulBlocked} in one task, where a task more, and packing the other operand, would cost more than packing one
 * operand more than once. Each work item packs for itself.
 */
public final class MatmulOneTask {

  private static final int ROWS = MatmulTile.ROWS;
  private static final int COLUMNS = MatmulBlocked.COLUMNS;
  private static final int VECTORS = MatmulTile.VECTORS;
  private static final int LANES = MatmulTile.LANES;

  private MatmulOneTask() {}

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j], for few columns: rows of A are packed, B is read where it lies.
   *
   * <p>Work items: one a run of {@code height} rows of C, in blocks of 12; the last block is that of the last 12 rows, of which those are stored
   * that no block before has.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says.
   *
   * <p>Cost: 2 m n k FLOP; A is read once, and copied by vectors: 16 columns of each of 12 rows, as 12 rows that are a power of two apart
   * would share a few sets of a cache.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.BlockedMatmul}.
   *
   * <p>Source: that of {@link MatmulBlocked#multiply}.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param work [m / height rounded up, k / 16, 12, 16], written and read
   * @param c [m, n], written
   * @param m rows of C, 12 at least
   * @param n columns of C, a multiple of 32
   * @param k columns of A, rows of B, a multiple of 16
   * @param height rows of a work item, a multiple of 12
   */
  public static void fewColumns(
      FloatArray a, FloatArray b, FloatArray work, FloatArray c, int m, int n, int k, int height) {
    for (@Parallel int item = 0; item < (m + height - 1) / height; item++) {
      // Views, which cost nothing on a device: sixteen loads would stay sixteen.
      VectorFloat16 own = new VectorFloat16(work);
      VectorFloat16 rows = new VectorFloat16(a);
      int slice = item * (k / LANES) * ROWS;
      int stride = n / LANES;
      int end = TornadoMath.min((item + 1) * height, m);
      for (int i = item * height; i < end; i += ROWS) {
        int row = TornadoMath.min(i, m - ROWS);
        for (int l = 0; l < k / LANES; l++) {
          for (int r = 0; r < ROWS; r++) {
            own.set(slice + l * ROWS + r, rows.get((row + r) * (k / LANES) + l));
          }
        }
        for (int p = 0; p < n / COLUMNS; p++) {
          MatmulTile.multiply(
              work,
              slice * LANES,
              LANES,
              1,
              (ROWS - 1) * LANES,
              k,
              b,
              p * VECTORS,
              stride,
              c,
              row * stride + p * VECTORS,
              stride,
              i - row);
        }
      }
    }
  }

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j], for few terms: columns of B are packed, A is read where it lies.
   *
   * <p>Work items: one a block of {@code height} rows and {@code width} columns of C, the columns varying first; its blocks of 12 rows by 32
   * columns are those of {@link #fewColumns}.
   *
   * <p>Numerics: those of {@link #fewColumns}.
   *
   * <p>Cost: 2 m n k FLOP; B is read, and copied by vectors, once for each run of {@code height} rows.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.BlockedMatmul}.
   *
   * <p>Source: that of {@link MatmulBlocked#multiply}.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param work [m / height rounded up, n / width rounded up, width / 32, k, 32], written and read
   * @param c [m, n], written
   * @param m rows of C, 12 at least
   * @param n columns of C, a multiple of 32
   * @param k columns of A, rows of B
   * @param height rows of a work item, a multiple of 12
   * @param width columns of a work item, a multiple of 32
   */
  public static void fewTerms(
      FloatArray a,
      FloatArray b,
      FloatArray work,
      FloatArray c,
      int m,
      int n,
      int k,
      int height,
      int width) {
    for (@Parallel int group = 0; group < (n + width - 1) / width; group++) {
      for (@Parallel int item = 0; item < (m + height - 1) / height; item++) {
        VectorFloat16 own = new VectorFloat16(work);
        VectorFloat16 columns = new VectorFloat16(b);
        int panels = (TornadoMath.min((group + 1) * width, n) - group * width) / COLUMNS;
        int slice = (item * ((n + width - 1) / width) + group) * (width / LANES) * k;
        int first = group * width / LANES;
        int stride = n / LANES;
        for (int p = 0; p < panels; p++) {
          for (int l = 0; l < k; l++) {
            int from = l * stride + first + p * VECTORS;
            own.set(slice + (p * k + l) * VECTORS, columns.get(from));
            own.set(slice + (p * k + l) * VECTORS + 1, columns.get(from + 1));
          }
        }
        int end = TornadoMath.min((item + 1) * height, m);
        for (int i = item * height; i < end; i += ROWS) {
          int row = TornadoMath.min(i, m - ROWS);
          for (int p = 0; p < panels; p++) {
            MatmulTile.multiply(
                a,
                row * k,
                k,
                1,
                0,
                k,
                work,
                slice + p * k * VECTORS,
                VECTORS,
                c,
                row * stride + first + p * VECTORS,
                stride,
                i - row);
          }
        }
      }
    }
  }
}
