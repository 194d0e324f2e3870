package dev.gale.kernels.softmax;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Softmax by rows in three passes over each row: the variant to read first, and one that runs anywhere. */
public final class SoftmaxThreePass {

  private SoftmaxThreePass() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], rowMax[i] = max over j of logits[i,j], rowSum[i] =
   * sum over j of exp(logits[i,j] - rowMax[i]).
   *
   * <p>Work items: one a row.
   *
   * <p>Numerics: fp32; the sum in the order of j; the quotient as a product with 1 / rowSum. A NaN or a +infinity in a
   * row makes all of the row NaN. An element of -infinity gives 0; a row of nothing else gives 0 throughout.
   *
   * <p>Cost: 5 FLOP an element; reads the logits twice, writes the probabilities twice and reads them once, 4 bytes
   * each, as far as the caches do not save it.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}.
   *
   * <p>Source: the definition, shifted by the maximum as in Blanchard, Higham and Higham, "Accurately computing the
   * log-sum-exp and softmax functions", IMA J. Numer. Anal. 41 (2021), algorithm 3.2.
   *
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param rows independent rows
   * @param cols elements that are normalised together
   */
  public static void softmax(FloatArray logits, FloatArray probabilities, int rows, int cols) {
    for (@Parallel int i = 0; i < rows; i++) {
      int row = i * cols;
      float rowMax = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < cols; j++) {
        float logit = logits.get(row + j);
        // A comparison rather than max(): OpenCL's drops a NaN, Java's keeps it. The NaN comes back
        // through exp.
        rowMax = logit > rowMax ? logit : rowMax;
      }
      // Without a shift, -infinity - -infinity would make a row of -infinity NaN.
      float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
      float rowSum = 0.0f;
      for (int j = 0; j < cols; j++) {
        float exponential = TornadoMath.exp(logits.get(row + j) - shift);
        probabilities.set(row + j, exponential);
        rowSum += exponential;
      }
      float inverse = rowSum == 0.0f ? 0.0f : 1.0f / rowSum;
      for (int j = 0; j < cols; j++) {
        probabilities.set(row + j, probabilities.get(row + j) * inverse);
      }
    }
  }
}
