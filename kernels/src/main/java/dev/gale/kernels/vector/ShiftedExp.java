package dev.gale.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 2^(x - shift) of a row of scores without their maximum: the shift is a whole number near it, found from some of the
 * scores, and scores too far above it are noticed. {@link VectorExp} has the method and its source.
 *
 * <p>A whole shift costs nothing: x + (1.5 x 2^23 + 127 - shift) holds the biased exponent of the result in its low bits, and
 * what it rounds off of x is exact. So the relative error is that of the polynomial, {@link VectorExp#RELATIVE_ERROR}, whatever
 * the shift; results below 2^-126 are 0.
 */
public final class ShiftedExp {

  /** A score whose exponential is 0 at any shift. */
  public static final float HIDDEN = -4.0e6f;

  /** How far scores may be above the shift: their exponentials are then at most 2^4.5. */
  private static final int HEADROOM = 4;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();

  /** Shifts are whole numbers that fp32 adds to scores of that size without losing the units. */
  private static final float LARGEST = 0x1p20f;

  /** The bits of 1.5 x 2^23, of which x + 1.5 x 2^23 + 127 - shift has the exponent's 127 + x - shift over. */
  private static final int ZERO_BITS = 0x4B400000;

  private static final float ROUND = 0x1.8p23f + 127;

  /** The largest exponent that passes. */
  private static final int MOST_BITS = ZERO_BITS + 127 + HEADROOM;

  private ShiftedExp() {}

  /** The shift for a row with that maximum: the next whole number, so that its exponential is more than 1/2. */
  public static float shift(float max) {
    return Math.abs(max) < LARGEST ? (float) Math.ceil(max) : max;
  }

  /**
   * Writes the exponentials of scores and adds them to partial sums, unless there is a score that needs another shift: one
   * that exceeds it by more than 4.5, an infinity or NaN.
   *
   * @param row scores and exponentials
   * @param start the first score
   * @param target the first exponential
   * @param count how many, a multiple of {@link VectorTiles#COLS}
   * @param shift the shift; with one beyond 2^20 nothing is done
   * @param sums the first of a vector of partial sums, in {@code row}
   * @return whether all scores passed; if not, nothing is added to the sums
   */
  public static boolean exponentials(
      float[] row, int start, int target, int count, float shift, int sums) {
    if (!(Math.abs(shift) <= LARGEST)) {
      return false;
    }
    FloatVector offset = FloatVector.broadcast(SPECIES, ROUND - shift);
    FloatVector left = FloatVector.fromArray(SPECIES, row, sums);
    FloatVector right = FloatVector.zero(SPECIES);
    IntVector top = IntVector.zero(INTS);
    for (int j = 0; j < count; j += 2 * LENGTH) {
      int from = start + j;
      int to = target + j;
      FloatVector first = FloatVector.fromArray(SPECIES, row, from);
      FloatVector second = FloatVector.fromArray(SPECIES, row, from + LENGTH);
      FloatVector firstRounded = first.add(offset);
      FloatVector secondRounded = second.add(offset);
      IntVector firstBits = firstRounded.reinterpretAsInts();
      IntVector secondBits = secondRounded.reinterpretAsInts();
      // Unsigned, what is negative, infinite or NaN is larger than what passes.
      top = top.lanewise(VectorOperators.UMAX, firstBits);
      top = top.lanewise(VectorOperators.UMAX, secondBits);
      first = VectorExp.polynomial(first.sub(firstRounded.sub(offset))).mul(power(firstBits));
      second = VectorExp.polynomial(second.sub(secondRounded.sub(offset))).mul(power(secondBits));
      first.intoArray(row, to);
      second.intoArray(row, to + LENGTH);
      left = left.add(first);
      right = right.add(second);
    }
    if (top.compare(VectorOperators.UGT, MOST_BITS).anyTrue()) {
      return false;
    }
    left.add(right).intoArray(row, sums);
    return true;
  }

  /** 2^n from a biased exponent, 0 from one that is not positive. */
  private static FloatVector power(IntVector bits) {
    return bits.max(ZERO_BITS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }
}
