package dev.gale.kernels.softmax;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Softmax by rows with a running maximum and sum: two passes over each row, and nothing stored between them. */
public final class SoftmaxOnline {

  private SoftmaxOnline() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], rowMax[i] = max over j of logits[i,j], rowSum[i] =
   * sum over j of exp(logits[i,j] - rowMax[i]); the first pass finds both, rescaling the sum whenever the maximum
   * grows.
   *
   * <p>Work items: one a row.
   *
   * <p>Numerics: fp32; the sum in the order of j, with a multiplication by an exponential at each new maximum; the
   * quotient as a product with 1 / rowSum. A NaN or a +infinity in a row makes all of the row NaN. An element of
   * -infinity gives 0; a row of nothing else gives 0 throughout.
   *
   * <p>Cost: 5 FLOP an element and a second exponential; reads the logits twice and writes the probabilities once, 4
   * bytes each, as far as the caches do not save it.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}.
   *
   * <p>Source: Milakov and Gimelshein, "Online normalizer calculation for softmax", arXiv:1805.02867 (2018), algorithm
   * 3; here the sum is rescaled at a new maximum only, not at every element.
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
      float rowSum = 0.0f;
      for (int j = 0; j < cols; j++) {
        float logit = logits.get(row + j);
        if (logit > rowMax) {
          rowSum *= TornadoMath.exp(rowMax - logit);
          rowMax = logit;
        }
        // Without a shift, -infinity - -infinity would make a row of -infinity NaN.
        float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
        rowSum += TornadoMath.exp(logit - shift);
      }
      float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
      float inverse = rowSum == 0.0f ? 0.0f : 1.0f / rowSum;
      for (int j = 0; j < cols; j++) {
        probabilities.set(row + j, TornadoMath.exp(logits.get(row + j) - shift) * inverse);
      }
    }
  }
}
