package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The register block of {@link MatmulBlocked} and {@link MatmulOneTask}. */
final class MatmulTile {

  /** Columns of a vector. */
  static final int LANES = 16;

  private MatmulTile() {}

  /**
   * Rows {@code first} and up of a block of C: c[r,:] = sum over l of a[r,l] b[l,:]; element a[r,l] is {@code from + r row + l step + (l / 16)
   * gap} of a, so that rows may lie where they are, or be packed.
   *
   * @param rows of the block: {@link MatmulBlocked#ROWS}, and so of two vectors, or {@link MatmulBlocked#SMALL_ROWS}, of one
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
      int rows,
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
    if (rows == MatmulBlocked.ROWS) {
      MatmulLargeTile.multiply(a, from, row, step, gap, k, b, column, next, c, to, stride, first);
    } else {
      MatmulSmallTile.multiply(a, from, row, step, gap, k, b, column, next, c, to, stride, first);
    }
  }
}
