package dev.gale.kernels.elementwise;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A vector added to every row of a matrix: the bias of a linear layer. */
public final class AddRowVector {

  /** Columns a work item: neighbouring elements for the vectors of a processor, and enough items for a small matrix. */
  private static final int COLUMNS = 64;

  private AddRowVector() {}

  /**
   * matrix[i,j] = matrix[i,j] + vector[j], in place.
   *
   * <p>Work items: one a row and 64 columns, {@code rows} x ceil({@code cols} / 64).
   *
   * <p>Numerics: one fp32 addition an element, rounded to nearest; NaN and infinity propagate as IEEE 754 says.
   *
   * <p>Cost: rows cols FLOP; 8 bytes read and 4 written an element, the vector from the cache but once.
   *
   * <p>Preconditions are checked by the operators that use it.
   *
   * <p>Source: the definition.
   *
   * @param matrix [rows, cols], read and written
   * @param vector [cols], read
   * @param rows rows of the matrix
   * @param cols columns of the matrix
   */
  public static void add(FloatArray matrix, FloatArray vector, int rows, int cols) {
    for (@Parallel int i = 0; i < rows; i++) {
      for (@Parallel int s = 0; s < (cols + COLUMNS - 1) / COLUMNS; s++) {
        int end = Math.min(cols, s * COLUMNS + COLUMNS);
        for (int j = s * COLUMNS; j < end; j++) {
          matrix.set(i * cols + j, matrix.get(i * cols + j) + vector.get(j));
        }
      }
    }
  }
}
