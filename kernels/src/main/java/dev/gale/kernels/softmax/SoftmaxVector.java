package dev.gale.kernels.softmax;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Softmax by rows with the JDK's Vector API: rows that are long are read from memory once and written once, short ones
 * are taken together.
 */
public final class SoftmaxVector {

  /** Elements of a band of short rows: what is read and what is written stay in the first-level cache. */
  private static final int BAND = 2048;

  /** Columns of the longest short row: one of fewer blocks is often done again. */
  private static final int SHORT = 1024;

  private SoftmaxVector() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / sum over l of exp(logits[i,l] - rowMax[i]).
   *
   * <p>Work items: one a row; a band of rows where rows are short.
   *
   * <p>Numerics: fp32; exp(x) as {@code VectorExp.exp2(x log2(e))}; the sum in a vector of partial sums, rescaled where
   * the maximum of what has been read of a long row rises. Special values as the package says.
   *
   * <p>Cost: 5 FLOP an element; each element is read once and written once, 4 bytes each.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}.
   *
   * <p>Source: the definition, shifted by the maximum; M. Milakov and N. Gimelshein, Online normalizer calculation for
   * softmax, 2018 (arXiv:1805.02867), algorithm 3, for long rows: by blocks of columns, with the exponentials kept.
   *
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param rows rows
   * @param cols elements of a row
   */
  public static void softmax(FloatArray logits, FloatArray probabilities, int rows, int cols) {
    boolean isLong = cols > SHORT;
    int rowsOfBand = isLong ? 1 : Math.max(1, BAND / cols);
    int bands = Math.ceilDiv(rows, rowsOfBand);
    MemorySegment x = logits.getSegment();
    MemorySegment y = probabilities.getSegment();
    for (@Parallel int band = 0; band < bands; band++) {
      int row = band * rowsOfBand;
      if (isLong) {
        SoftmaxLongRow.row(x, y, row, cols);
      } else {
        int count = Math.min(rowsOfBand, rows - row);
        SoftmaxShortRows.rows(x, y, row, count, cols);
      }
    }
  }
}
