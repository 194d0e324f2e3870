package dev.gale.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * e^x 2^-n for a whole n that is near x log2(e): exponentials that need no maximum to be known first, only a number that
 * is not far from it. {@link VectorExp} has the method and its source.
 *
 * <p>x log2(e) + (1.5 x 2^23 + 127 - n), rounded once, holds the biased exponent k of the result in its low bits, and what
 * is left, r = x log2(e) - (k + n - 127), is rounded once too. So the relative error is at most {@link
 * VectorExp#RELATIVE_ERROR}, besides that of e^(x d), d = 2^-26 the relative error of log2(e) in fp32: it is a power of
 * e^x, which a quotient of two exponentials sees for the difference of their arguments only. No bit of a result but its
 * exponent depends on n.
 *
 * <p>Results below 2^-126 are 0. Those of 2^127 and more are not right, but sums with them are noticed: each is NaN or
 * more than 2^124 (2^127 times the polynomial, which is more than 1/8 everywhere).
 */
public final class ScaledExp {

  /** 1.5 x 2^23 + 127 and then some: the exponential of what {@link #offset} is for is about 2^50. */
  private static final float MIDDLE = 0x1.8p23f + 127 + 50;

  /** A sum of at least 1 has lost nothing but what is less than 2^-126 of it. */
  public static final float LEAST_SUM = 1.0f;

  /** More than that may be a result that is not right. */
  public static final float MOST_SUM = 0x1p100f;

  /** Of whole numbers up to that size, fp32 adds fractions to 1.5 x 2^23 with the units kept. */
  private static final float LARGEST = 0x1p20f;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The bits of 1.5 x 2^23, over which the biased exponent stands: 0 for what is too small, 254 for the largest. */
  private static final int ZERO_BITS = 0x4B400000;

  /** Exponents up to this one are left as they are. */
  public static final int MOST_BITS = ZERO_BITS + 254;

  /** What is less than that, where the exponent stands, has an exponential below 2^-126. */
  public static final float LEAST = 0x1.8p23f + 1;

  private ScaledExp() {}

  /**
   * What to give {@link #exp} for arguments near {@code x}, up to 34 more or less; if x is infinite, NaN or large, for
   * arguments near 0.
   */
  public static float offset(float x) {
    float exponent = x * VectorExp.LOG2_E;
    return Math.abs(exponent) < LARGEST ? MIDDLE - (float) Math.rint(exponent) : MIDDLE;
  }

  /** Whether a sum of results is one to divide by: all of them are right and their largest is not small. */
  public static boolean isSound(float sum) {
    return sum >= LEAST_SUM && sum <= MOST_SUM;
  }

  /** e^x 2^-n, lane by lane, for the n of that offset. */
  public static FloatVector exp(FloatVector x, FloatVector offset) {
    FloatVector log2e = FloatVector.broadcast(SPECIES, VectorExp.LOG2_E);
    FloatVector rounded = x.fma(log2e, offset);
    FloatVector r = x.fma(log2e, offset.sub(rounded));
    FloatVector power =
        rounded
            .reinterpretAsInts()
            .min(MOST_BITS)
            .lanewise(VectorOperators.LSHL, VectorExp.EXPONENT_BITS)
            .reinterpretAsFloats();
    return VectorExp.polynomial(r)
        .mul(power)
        .blend(0.0f, rounded.compare(VectorOperators.LT, LEAST));
  }
}
