package dev.gale.kernels.softmax;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Softmax by long rows of whole vectors of 16, whose maximum is looked for only where it must be: for processors behind a TornadoVM backend. */
public final class SoftmaxLongRows {

  /** Columns must be a multiple of it. */
  public static final int LANES = SoftmaxWholeVectors.LANES;

  /** Vectors of either end of a work item's first row that say what its rows are like. */
  private static final int SAMPLE = 8;

  /**
   * Columns must be as many: for the sample, and as the bound of a probability allows for a sum of all one after the other, of which sixteen sums
   * leave 15 of 16 roundings to the distance of a shift from a row's maximum (docs/numerics.md, "A shift in the maximum's place").
   */
  public static final int LEAST_COLS = 2 * SAMPLE * LANES;

  /** How far the shift lies below the largest of the sample: what is smaller reaches farther. */
  private static final float BELOW = 8.0f;

  private SoftmaxLongRows() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], rowMax[i] = max over j of logits[i,j], rowSum[i] =
   * sum over j of exp(logits[i,j] - rowMax[i]).
   *
   * <p>Work items: one a block of {@code rowsPerItem} rows, the last perhaps of fewer.
   *
   * <p>Numerics: fp32; in place of rowMax, a number near the largest of a sample of the item's first row, which cancels, and exponentials times 2^-60. A
   * row with an element that is not within {@link LanesExp#REACH} of that number is done again with rowMax and the exponentials of {@link
   * SoftmaxWholeVectors}; all rows of an item are done so where the sample is no narrower, and those
   * behind such a row. Sixteen sums of every sixteenth element, then their sum; the quotient as a product
   * with 1 / rowSum. Special values as the package says: an infinity is far from any number, and a NaN makes the sum NaN.
   *
   * <p>Cost: 5 FLOP an element; reads the logits once, writes the probabilities twice and reads them once, 4 bytes each, as far as the caches do not
   * save it; a row that is done again is read twice more and written once more.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}, but for the columns, which {@code BlockedSoftmax} looks after.
   *
   * <p>Source: the definition; any number may be subtracted from a row's elements, as it cancels.
   *
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param rows independent rows
   * @param cols elements that are normalised together, a multiple of {@link #LANES}, at least {@link #LEAST_COLS}
   * @param rowsPerItem rows of a work item
   */
  public static void softmax(
      FloatArray logits, FloatArray probabilities, int rows, int cols, int rowsPerItem) {
    for (@Parallel int i = 0; i < (rows + rowsPerItem - 1) / rowsPerItem; i++) {
      VectorFloat16 x = new VectorFloat16(logits);
      VectorFloat16 y = new VectorFloat16(probabilities);
      int vectors = cols / LANES;
      int first = i * rowsPerItem * vectors;
      int end = TornadoMath.min(i * rowsPerItem + rowsPerItem, rows) * vectors;
      Float16 zero = Lanes.broadcast(0.0f);
      Float16 sampled = Lanes.broadcast(-Float.MAX_VALUE);
      Float16 negated = Lanes.broadcast(-Float.MAX_VALUE);
      for (int j = first; j < first + SAMPLE; j++) {
        Float16 front = Lanes.computed(x.get(j));
        Float16 back = Lanes.computed(x.get(j + vectors - SAMPLE));
        sampled = Lanes.larger(Lanes.larger(sampled, front), back);
        negated =
            Lanes.larger(Lanes.larger(negated, Float16.sub(zero, front)), Float16.sub(zero, back));
      }
      float largest = Lanes.largest(Lanes.computed(sampled));
      float spread = largest + Lanes.largest(Lanes.computed(negated));
      Float16 middle = Lanes.broadcast(largest - BELOW);
      // What follows is loops of a row's length or of none, not branches: TornadoVM loses variables
      // that are carried round a loop and change in one branch of it.
      int tried = spread < LanesExp.REACH ? vectors : 0;
      for (int row = first; row < end; row += vectors) {
        Float16 sums = zero;
        Float16 distances = zero;
        for (int j = row; j < row + tried; j++) {
          Float16 argument = Float16.sub(x.get(j), middle);
          distances = Lanes.larger(distances, Lanes.absolute(argument));
          Float16 exponentials = LanesExp.scaledExp(argument);
          y.set(j, exponentials);
          sums = Float16.add(sums, exponentials);
        }
        float farthest = Lanes.largest(Lanes.computed(distances));
        int again = tried == 0 || farthest > LanesExp.REACH ? vectors : 0;
        Float16 maxima = Lanes.broadcast(-Float.MAX_VALUE);
        for (int j = row; j < row + again; j++) {
          maxima = Lanes.larger(maxima, Lanes.computed(x.get(j)));
        }
        Float16 shift = Lanes.broadcast(Lanes.largest(Lanes.computed(maxima)));
        Float16 sumsAgain = zero;
        for (int j = row; j < row + again; j++) {
          Float16 exponentials = LanesExp.exp(Float16.sub(x.get(j), shift));
          y.set(j, exponentials);
          sumsAgain = Float16.add(sumsAgain, exponentials);
        }
        float sumOfTried = Lanes.total(sums);
        float sumAgain = Lanes.total(sumsAgain);
        float rowSum = again == 0 ? sumOfTried : sumAgain;
        float inverse = rowSum == 0.0f ? 0.0f : 1.0f / rowSum;
        for (int j = row; j < row + vectors; j++) {
          y.set(j, Float16.mult(y.get(j), Lanes.broadcast(inverse)));
        }
        // Rows behind one that was far off are likely to be so too: no item tries in vain twice.
        tried = tried - TornadoMath.min(tried, again);
      }
    }
  }
}
