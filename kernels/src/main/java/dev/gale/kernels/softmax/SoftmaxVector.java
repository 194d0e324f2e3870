package dev.gale.kernels.softmax;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Softmax by rows with the JDK's Vector API: as far as a row fits a cache it is read from memory once and written once, and its
 * maximum is looked for only where the exponentials show that it must be.
 */
public final class SoftmaxVector {

  /** Elements of a band of rows: enough to hide what a band costs, few enough for many bands. */
  private static final int BAND = 2048;

  private SoftmaxVector() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / sum over l of exp(logits[i,l] - rowMax[i]).
   *
   * <p>Work items: one a band of rows; a row, where rows are long.
   *
   * <p>Numerics: fp32; in place of rowMax, a whole number of units of log2 that is near an element of the band, which
   * cancels; exponentials as {@code ScaledExp} says. A row whose sum shows that the number was not near its maximum is
   * done again with the maximum itself, and exp(x) as {@code VectorExp.exp2(x log2(e))}. The sum in a vector of partial
   * sums. Special values as the package says.
   *
   * <p>Cost: 5 FLOP an element; each element is read once and written once, 4 bytes each, and, where a row does not fit a
   * cache, its exponential once more of both; a row that is done again takes more.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}.
   *
   * <p>Source: the definition; any number may be subtracted from a row's elements, as it cancels.
   *
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param rows rows
   * @param cols elements of a row
   */
  public static void softmax(FloatArray logits, FloatArray probabilities, int rows, int cols) {
    int rowsOfBand = Math.max(1, BAND / cols);
    int bands = Math.ceilDiv(rows, rowsOfBand);
    MemorySegment x = logits.getSegment();
    MemorySegment y = probabilities.getSegment();
    for (@Parallel int band = 0; band < bands; band++) {
      int row = band * rowsOfBand;
      int count = Math.min(rowsOfBand, rows - row);
      SoftmaxBand.rows(x, y, row, count, cols);
    }
  }
}
