package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** The last step of {@link AttentionBlocked}: sums divided, and put where they belong. */
public final class AttentionFinish {

  private static final int ROWS = AttentionBlocked.ROWS;
  private static final int KEYS = AttentionBlocked.KEYS;

  private AttentionFinish() {}

  /**
   * output[h,i,:] = sums / rowSum, lse[h,i] = rowMax + log(rowSum), from what {@link AttentionBlocked#attention} leaves.
   *
   * <p>Work items: one a block of 16 query rows of a head.
   *
   * <p>Numerics: one rounded quotient an element. Where a sum, a score or a mask is NaN, or an infinity that hides no
   * key, lse becomes NaN. A row that sees no key gives 0 and lse -infinity.
   *
   * <p>Cost: 1 FLOP, one load and one store of 4 bytes an element of the output.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: that of {@link AttentionBlocked}.
   *
   * @param work {@link AttentionBlocked#workVectors}, read
   * @param output [heads, seqLenQ, headDimV], written
   * @param lse [heads, seqLenQ], written
   * @param heads query heads of all batches
   * @param seqLenQ queries a head
   * @param headDimV elements of a value
   */
  public static void finish(
      VectorFloat16 work, FloatArray output, FloatArray lse, int heads, int seqLenQ, int headDimV) {
    for (@Parallel int item = 0; item < heads * ((seqLenQ + ROWS - 1) / ROWS); item++) {
      int blocks = (seqLenQ + ROWS - 1) / ROWS;
      int h = item / blocks;
      int row = item % blocks * ROWS;
      int lastRow = seqLenQ - 1 - row;
      int sums = item * (KEYS + headDimV + 4) + 1 + KEYS;
      int maxima = sums + headDimV;
      int divisors = maxima + 1;
      int notFinite = divisors + 1;
      // A row that has seen a key above -infinity has a sum of at least 1, but for rounding.
      Float16 total = work.get(divisors);
      Float16 divisor = Lanes.larger(total, Lanes.broadcast(0.5f));
      int to = (h * seqLenQ + row) * headDimV;
      for (int c = 0; c < headDimV; c++) {
        Float16 quotient = Float16.div(work.get(sums + c), divisor);
        store(output, to + c, headDimV, quotient, lastRow);
        // 0 where the element is finite, NaN where it is not.
        total =
            Float16.add(
                total,
                Float16.mult(
                    quotient, new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
      }
      Float16 rowMax = Lanes.larger(work.get(maxima), Lanes.broadcast(-Float.MAX_VALUE));
      total =
          Float16.add(
              total, Float16.add(work.get(notFinite), Float16.mult(rowMax, Lanes.broadcast(0.0f))));
      store(lse, h * seqLenQ + row, 1, Float16.add(rowMax, log(total)), lastRow);
    }
  }

  private static Float16 log(Float16 x) {
    return new Float16(
        TornadoMath.log(x.getS0()),
        TornadoMath.log(x.getS1()),
        TornadoMath.log(x.getS2()),
        TornadoMath.log(x.getS3()),
        TornadoMath.log(x.getS4()),
        TornadoMath.log(x.getS5()),
        TornadoMath.log(x.getS6()),
        TornadoMath.log(x.getS7()),
        TornadoMath.log(x.getS8()),
        TornadoMath.log(x.getS9()),
        TornadoMath.log(x.getS10()),
        TornadoMath.log(x.getS11()),
        TornadoMath.log(x.getS12()),
        TornadoMath.log(x.getS13()),
        TornadoMath.log(x.getS14()),
        TornadoMath.log(x.getS15()));
  }

  private static void store(FloatArray to, int at, int stride, Float16 x, int last) {
    to.set(at, x.getS0());
    if (last > 0) {
      to.set(at + stride, x.getS1());
    }
    if (last > 1) {
      to.set(at + 2 * stride, x.getS2());
    }
    if (last > 2) {
      to.set(at + 3 * stride, x.getS3());
    }
    if (last > 3) {
      to.set(at + 4 * stride, x.getS4());
    }
    if (last > 4) {
      to.set(at + 5 * stride, x.getS5());
    }
    if (last > 5) {
      to.set(at + 6 * stride, x.getS6());
    }
    if (last > 6) {
      to.set(at + 7 * stride, x.getS7());
    }
    if (last > 7) {
      to.set(at + 8 * stride, x.getS8());
    }
    if (last > 8) {
      to.set(at + 9 * stride, x.getS9());
    }
    if (last > 9) {
      to.set(at + 10 * stride, x.getS10());
    }
    if (last > 10) {
      to.set(at + 11 * stride, x.getS11());
    }
    if (last > 11) {
      to.set(at + 12 * stride, x.getS12());
    }
    if (last > 12) {
      to.set(at + 13 * stride, x.getS13());
    }
    if (last > 13) {
      to.set(at + 14 * stride, x.getS14());
    }
    if (last > 14) {
      to.set(at + 15 * stride, x.getS15());
    }
  }
}
