package dev.gale.kernels.softmax;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Softmax by rows in three passes over each row, 16 columns at a time: for processors behind a
 * TornadoVM backend, and rows of any length. {@link SoftmaxWholeVectors} does rows of whole vectors, four times as fast.
 */
public final class SoftmaxBlocked {

  private static final int LANES = 16;

  private SoftmaxBlocked() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], rowMax[i] = max over j of logits[i,j], rowSum[i] =
   * sum over j of exp(logits[i,j] - rowMax[i]).
   *
   * <p>Work items: one a row.
   *
   * <p>Numerics: fp32; exponentials are those of {@link LanesExp}, so that a probability below 2^-121 of the largest is
   * 0; sixteen sums of every sixteenth element, then their sum, then the columns that are left over, with the
   * device's exponential; the quotient as a product with 1 / rowSum. Special values as the package says.
   *
   * <p>Cost: 5 FLOP an element; reads the logits twice, writes the probabilities twice and reads them once, 4 bytes
   * each, as far as the caches do not save it.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}.
   *
   * <p>Source: as for {@link SoftmaxThreePass}, in vectors.
   *
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param rows independent rows
   * @param cols elements that are normalised together
   */
  public static void softmax(FloatArray logits, FloatArray probabilities, int rows, int cols) {
    for (@Parallel int i = 0; i < rows; i++) {
      int row = i * cols;
      int whole = cols / LANES * LANES;
      // Without a finite shift, -infinity - -infinity would make a row of -infinity NaN.
      Float16 maxima = Lanes.broadcast(-Float.MAX_VALUE);
      for (int j = 0; j < whole; j += LANES) {
        maxima = Lanes.larger(maxima, Lanes.load(logits, row + j));
      }
      float shift = Lanes.largest(Lanes.computed(maxima));
      for (int j = whole; j < cols; j++) {
        float logit = logits.get(row + j);
        shift = logit > shift ? logit : shift;
      }
      Float16 sums = Lanes.broadcast(0.0f);
      for (int j = 0; j < whole; j += LANES) {
        Float16 exponentials =
            LanesExp.exp(Float16.sub(Lanes.load(logits, row + j), Lanes.broadcast(shift)));
        Lanes.store(probabilities, row + j, exponentials);
        sums = Float16.add(sums, exponentials);
      }
      float rowSum = Lanes.total(sums);
      for (int j = whole; j < cols; j++) {
        float exponential = TornadoMath.exp(logits.get(row + j) - shift);
        probabilities.set(row + j, exponential);
        rowSum += exponential;
      }
      float inverse = rowSum == 0.0f ? 0.0f : 1.0f / rowSum;
      for (int j = 0; j < whole; j += LANES) {
        Lanes.store(
            probabilities,
            row + j,
            Float16.mult(Lanes.load(probabilities, row + j), Lanes.broadcast(inverse)));
      }
      for (int j = whole; j < cols; j++) {
        probabilities.set(row + j, probabilities.get(row + j) * inverse);
      }
    }
  }
}
