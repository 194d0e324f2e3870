package dev.gale.kernels.softmax;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Softmax by rows in three passes over each row, 16 columns at a time: for processors behind a TornadoVM backend. */
public final class SoftmaxBlocked {

  private static final int LANES = 16;

  private SoftmaxBlocked() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], rowMax[i] = max over j of logits[i,j], rowSum[i] =
   * sum over j of exp(logits[i,j] - rowMax[i]).
   *
   * <p>Work items: one a row.
   *
   * <p>Numerics: fp32; sixteen sums of every sixteenth element, then their sum, then the columns that are left over; the
   * quotient as a product with 1 / rowSum. Special values as the package says.
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
      Float16 maxima = broadcast(Float.NEGATIVE_INFINITY);
      for (int j = 0; j < whole; j += LANES) {
        maxima = larger(maxima, load(logits, row + j));
      }
      float rowMax = largest(maxima);
      for (int j = whole; j < cols; j++) {
        float logit = logits.get(row + j);
        rowMax = logit > rowMax ? logit : rowMax;
      }
      // Without a finite shift, -infinity - -infinity would make a row of -infinity NaN.
      float shift = TornadoMath.max(rowMax, -Float.MAX_VALUE);
      Float16 sums = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      for (int j = 0; j < whole; j += LANES) {
        Float16 exponentials = exp(load(logits, row + j), shift);
        store(probabilities, row + j, exponentials);
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
        store(
            probabilities, row + j, Float16.mult(load(probabilities, row + j), broadcast(inverse)));
      }
      for (int j = whole; j < cols; j++) {
        probabilities.set(row + j, probabilities.get(row + j) * inverse);
      }
    }
  }

  private static Float16 broadcast(float x) {
    return new Float16(x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x);
  }

  private static Float16 load(FloatArray from, int at) {
    return new Float16(
        from.get(at),
        from.get(at + 1),
        from.get(at + 2),
        from.get(at + 3),
        from.get(at + 4),
        from.get(at + 5),
        from.get(at + 6),
        from.get(at + 7),
        from.get(at + 8),
        from.get(at + 9),
        from.get(at + 10),
        from.get(at + 11),
        from.get(at + 12),
        from.get(at + 13),
        from.get(at + 14),
        from.get(at + 15));
  }

  private static void store(FloatArray to, int at, Float16 x) {
    to.set(at, x.getS0());
    to.set(at + 1, x.getS1());
    to.set(at + 2, x.getS2());
    to.set(at + 3, x.getS3());
    to.set(at + 4, x.getS4());
    to.set(at + 5, x.getS5());
    to.set(at + 6, x.getS6());
    to.set(at + 7, x.getS7());
    to.set(at + 8, x.getS8());
    to.set(at + 9, x.getS9());
    to.set(at + 10, x.getS10());
    to.set(at + 11, x.getS11());
    to.set(at + 12, x.getS12());
    to.set(at + 13, x.getS13());
    to.set(at + 14, x.getS14());
    to.set(at + 15, x.getS15());
  }

  private static Float16 larger(Float16 a, Float16 b) {
    return new Float16(
        TornadoMath.max(a.getS0(), b.getS0()),
        TornadoMath.max(a.getS1(), b.getS1()),
        TornadoMath.max(a.getS2(), b.getS2()),
        TornadoMath.max(a.getS3(), b.getS3()),
        TornadoMath.max(a.getS4(), b.getS4()),
        TornadoMath.max(a.getS5(), b.getS5()),
        TornadoMath.max(a.getS6(), b.getS6()),
        TornadoMath.max(a.getS7(), b.getS7()),
        TornadoMath.max(a.getS8(), b.getS8()),
        TornadoMath.max(a.getS9(), b.getS9()),
        TornadoMath.max(a.getS10(), b.getS10()),
        TornadoMath.max(a.getS11(), b.getS11()),
        TornadoMath.max(a.getS12(), b.getS12()),
        TornadoMath.max(a.getS13(), b.getS13()),
        TornadoMath.max(a.getS14(), b.getS14()),
        TornadoMath.max(a.getS15(), b.getS15()));
  }

  private static Float16 exp(Float16 x, float shift) {
    return new Float16(
        TornadoMath.exp(x.getS0() - shift),
        TornadoMath.exp(x.getS1() - shift),
        TornadoMath.exp(x.getS2() - shift),
        TornadoMath.exp(x.getS3() - shift),
        TornadoMath.exp(x.getS4() - shift),
        TornadoMath.exp(x.getS5() - shift),
        TornadoMath.exp(x.getS6() - shift),
        TornadoMath.exp(x.getS7() - shift),
        TornadoMath.exp(x.getS8() - shift),
        TornadoMath.exp(x.getS9() - shift),
        TornadoMath.exp(x.getS10() - shift),
        TornadoMath.exp(x.getS11() - shift),
        TornadoMath.exp(x.getS12() - shift),
        TornadoMath.exp(x.getS13() - shift),
        TornadoMath.exp(x.getS14() - shift),
        TornadoMath.exp(x.getS15() - shift));
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
