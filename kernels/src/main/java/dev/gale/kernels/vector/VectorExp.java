package dev.gale.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 2^x in vectors, for x at most 0.
 *
 * <p>x = n + r with n the nearest integer and |r| at most 1/2; 2^r by a polynomial of degree 6 fitted for the smallest
 * largest relative error (1.9e-9 before rounding), 2^n by its exponent bits. The relative error is below 2^-23 for x
 * in [-126, 0] (VectorExpTest measures it); 2^0 is 1 exactly; below -126 the result is 0, where the true value is under
 * the smallest normal number; NaN gives NaN.
 *
 * <p>Source of the reduction: W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980, chapter 6.
 */
public final class VectorExp {

  /** The largest relative error of {@link #exp2} on [-126, 0]. */
  public static final double RELATIVE_ERROR = 0x1p-23;

  /** log2(e), the factor that turns a natural exponent into a binary one. */
  public static final float LOG2_E = 1.442695f;

  /** ln(2). */
  public static final double LN_2 = 0.6931471805599453;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** 1.5 x 2^23: added to a small float it leaves the nearest integer in the low bits of the sum. */
  private static final float ROUND = 12582912.0f;

  /** Bits below the exponent of a float. */
  public static final int EXPONENT_BITS = 23;

  private static final int ONE_BITS = 0x3F800000;
  private static final float SMALLEST = -126.0f;

  /** The polynomial's coefficient of r; that of 1 is 1. */
  public static final float C1 = 0.6931472f;

  /** Of r^2. */
  public static final float C2 = 0.24022646f;

  /** Of r^3. */
  public static final float C3 = 0.055503286f;

  /** Of r^4. */
  public static final float C4 = 0.009618489f;

  /** Of r^5. */
  public static final float C5 = 0.0013399931f;

  /** Of r^6. */
  public static final float C6 = 1.5345812E-4f;

  private VectorExp() {}

  /** 2^x for x &lt;= 0, lane by lane. */
  public static FloatVector exp2(FloatVector x) {
    FloatVector rounded = x.add(ROUND);
    FloatVector r = x.sub(rounded.sub(ROUND));
    FloatVector p = polynomial(r);
    IntVector exponent =
        rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_BITS).add(ONE_BITS);
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, SMALLEST);
    return p.mul(exponent.reinterpretAsFloats()).blend(0.0f, tiny);
  }

  /** 2^r for |r| &lt;= 1/2, lane by lane. */
  static FloatVector polynomial(FloatVector r) {
    return r.fma(FloatVector.broadcast(SPECIES, C6), FloatVector.broadcast(SPECIES, C5))
        .fma(r, FloatVector.broadcast(SPECIES, C4))
        .fma(r, FloatVector.broadcast(SPECIES, C3))
        .fma(r, FloatVector.broadcast(SPECIES, C2))
        .fma(r, FloatVector.broadcast(SPECIES, C1))
        .fma(r, FloatVector.broadcast(SPECIES, 1.0f));
  }
}
