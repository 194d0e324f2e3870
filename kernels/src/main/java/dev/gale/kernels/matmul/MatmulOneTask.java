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

  private static final int LANES = MatmulLargeTile.LANES;

  private MatmulOneTask() {}

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j], for few columns: rows of A are packed, B is read where it lies.
   *
   * <p>Work items: one a run of {@code height} rows of C, in blocks; the last block is that of the last rows, of which those are stored
   * that no block before has.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says.
   *
   * <p>Cost: 2 m n k FLOP; A is read once, and copied by vectors: 16 columns of each row of a block, as rows that are a power of two apart
   * would share a few sets of a cache.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.BlockedMatmul}.
   *
   * <p>Source: that of {@link MatmulBlocked#multiply}.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param work [m / height rounded up, k / 16, rows, 16], written and read
   * @param c [m, n], written
   * @param m rows of C, as many as a block has at least
   * @param n columns of C, a multiple of those of a block
   * @param k columns of A, rows of B, a multiple of 16
   * @param height rows of a work item, a multiple of those of a block
   * @param rows of a block: {@link MatmulBlocked#ROWS} or {@link MatmulBlocked#SMALL_ROWS}
   * @param columns of a block, as the rows
   */
  public static void fewColumns(
      FloatArray a,
      FloatArray b,
      FloatArray work,
      FloatArray c,
      int m,
      int n,
      int k,
      int height,
      int rows,
      int columns) {
    for (@Parallel int item = 0; item < (m + height - 1) / height; item++) {
      // Views, which cost nothing on a device: sixteen loads would stay sixteen.
      VectorFloat16 own = new VectorFloat16(work);
      VectorFloat16 ofA = new VectorFloat16(a);
      int vectors = columns / LANES;
      int slice = item * (k / LANES) * rows;
      int stride = n / LANES;
      int end = TornadoMath.min((item + 1) * height, m);
      for (int i = item * height; i < end; i += rows) {
        int row = TornadoMath.min(i, m - rows);
        for (int l = 0; l < k / LANES; l++) {
          for (int r = 0; r < rows; r++) {
            own.set(slice + l * rows + r, ofA.get((row + r) * (k / LANES) + l));
          }
        }
        for (int p = 0; p < n / columns; p++) {
          if (rows == MatmulBlocked.ROWS) {
            MatmulLargeTile.multiply(
                work,
                slice * LANES,
                LANES,
                1,
                (rows - 1) * LANES,
                k,
                b,
                p * vectors,
                stride,
                c,
                row * stride + p * vectors,
                stride,
                i - row);
          } else {
            MatmulSmallTile.multiply(
                work,
                slice * LANES,
                LANES,
                1,
                (rows - 1) * LANES,
                k,
                b,
                p * vectors,
                stride,
                c,
                row * stride + p * vectors,
                stride,
                i - row);
          }
        }
      }
    }
  }

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j], for few terms: columns of B are packed, A is read where it lies.
   *
   * <p>Work items: one a block of {@code height} rows and {@code width} columns of C, the columns varying first; its blocks are those of {@link #fewColumns}.
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
   * @param work [m / height rounded up, n / width rounded up, width / columns, k, columns], written and read
   * @param c [m, n], written
   * @param m rows of C, as many as a block has at least
   * @param n columns of C, a multiple of those of a block
   * @param k columns of A, rows of B
   * @param height rows of a work item, a multiple of those of a block
   * @param width columns of a work item, a multiple of those of a block
   * @param rows of a block: {@link MatmulBlocked#ROWS} or {@link MatmulBlocked#SMALL_ROWS}
   * @param columns of a block, as the rows
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
      int width,
      int rows,
      int columns) {
    for (@Parallel int group = 0; group < (n + width - 1) / width; group++) {
      for (@Parallel int item = 0; item < (m + height - 1) / height; item++) {
        VectorFloat16 own = new VectorFloat16(work);
        VectorFloat16 ofB = new VectorFloat16(b);
        int vectors = columns / LANES;
        int panels = (TornadoMath.min((group + 1) * width, n) - group * width) / columns;
        int slice = (item * ((n + width - 1) / width) + group) * (width / LANES) * k;
        int first = group * width / LANES;
        int stride = n / LANES;
        for (int p = 0; p < panels; p++) {
          for (int l = 0; l < k; l++) {
            for (int v = 0; v < vectors; v++) {
              own.set(
                  slice + (p * k + l) * vectors + v, ofB.get(l * stride + first + p * vectors + v));
            }
          }
        }
        int end = TornadoMath.min((item + 1) * height, m);
        for (int i = item * height; i < end; i += rows) {
          int row = TornadoMath.min(i, m - rows);
          for (int p = 0; p < panels; p++) {
            if (rows == MatmulBlocked.ROWS) {
              MatmulLargeTile.multiply(
                  a,
                  row * k,
                  k,
                  1,
                  0,
                  k,
                  work,
                  slice + p * k * vectors,
                  vectors,
                  c,
                  row * stride + first + p * vectors,
                  stride,
                  i - row);
            } else {
              MatmulSmallTile.multiply(
                  a,
                  row * k,
                  k,
                  1,
                  0,
                  k,
                  work,
                  slice + p * k * vectors,
                  vectors,
                  c,
                  row * stride + first + p * vectors,
                  stride,
                  i - row);
            }
          }
        }
      }
    }
  }
}
