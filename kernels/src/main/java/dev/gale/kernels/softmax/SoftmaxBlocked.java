package dev.gale.kernels.softmax;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Softmax by rows in three passes over each row, 16 columns at a time: for processors behind a
 * TornadoVM backend.
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
      Float16 maxima = Lanes.broadcast(-Float.MAX_VALUE);
      Float16 notFinite = Lanes.broadcast(0.0f);
      for (int j = 0; j < whole; j += LANES) {
        Float16 x = Lanes.load(logits, row + j);
        // Without a finite shift, -infinity - -infinity would make a row of -infinity NaN.
        Float16 finite = Lanes.larger(x, Lanes.broadcast(-Float.MAX_VALUE));
        maxima = Lanes.larger(maxima, finite);
        // NaN becomes the largest number here and the smallest there, or NaN in both: exponentials
        // would not tell.
        Float16 below = Lanes.smaller(x, Lanes.broadcast(Float.MAX_VALUE));
        Float16 within = Lanes.larger(below, Lanes.broadcast(-Float.MAX_VALUE));
        notFinite =
            Float16.add(
                notFinite, Float16.mult(Float16.sub(within, finite), Lanes.broadcast(0.0f)));
      }
      float shift = largest(maxima);
      for (int j = whole; j < cols; j++) {
        float logit = logits.get(row + j);
        shift = logit > shift ? logit : shift;
      }
      Float16 sums = notFinite;
      for (int j = 0; j < whole; j += LANES) {
        Float16 exponentials =
            LanesExp.exp(Float16.sub(Lanes.load(logits, row + j), Lanes.broadcast(shift)));
        Lanes.store(probabilities, row + j, exponentials);
        sums = Float16.add(sums, exponentials);
      }
      float rowSum = total(sums);
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

  private static float largest(Float16 x) {
    return TornadoMath.max(
        TornadoMath.max(
            TornadoMath.max(
                TornadoMath.max(x.getS0(), x.getS1()), TornadoMath.max(x.getS2(), x.getS3())),
            TornadoMath.max(
                TornadoMath.max(x.getS4(), x.getS5()), TornadoMath.max(x.getS6(), x.getS7()))),
        TornadoMath.max(
            TornadoMath.max(
                TornadoMath.max(x.getS8(), x.getS9()), TornadoMath.max(x.getS10(), x.getS11())),
            TornadoMath.max(
                TornadoMath.max(x.getS12(), x.getS13()), TornadoMath.max(x.getS14(), x.getS15()))));
  }

  private static float total(Float16 x) {
    return ((((x.getS0() + x.getS1()) + (x.getS2() + x.getS3()))
            + ((x.getS4() + x.getS5()) + (x.getS6() + x.getS7())))
        + (((x.getS8() + x.getS9()) + (x.getS10() + x.getS11()))
            + ((x.getS12() + x.getS13()) + (x.getS14() + x.getS15()))));
  }
}
