package dev.gale.kernels.lanes;

import dev.gale.kernels.vector.VectorExp;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * An exponential on {@link Float16}: the API has none, and sixteen calls of {@code TornadoMath.exp} take PoCL five
 * times as long.
 */
public final class LanesExp {

  /** Most that {@link #exp} is off where the result is above {@link #LEAST_RESULT}, in ulp, besides {@link #PER_UNIT}. */
  public static final int ULPS = 7;

  /** Relative error for each unit of the argument: its product with a constant is rounded, and so is that. */
  public static final double PER_UNIT = 0x1p-23;

  /** Results below it are 0. */
  public static final double LEAST_RESULT = 0x1p-121;

  /** Most that |x| may be for {@link #scaledExp}: of a quarter of its binary exponent, at most 15.15. */
  public static final float REACH = 42.0f;

  /** Half of the powers of two. */
  private static final float MIDDLE = 15.0f;

  /** log2(e) / 4, which rounding puts off by 2^-26 of it at most. */
  private static final float QUARTER_LOG2_E = 0.36067376f;

  /** The quarter of a binary exponent whose power is 0. */
  private static final float LEAST = -31.0f;

  /** 1.5 times 2^23: the sum with it is rounded to a whole number. */
  private static final float ROUND = 12582912.0f;

  /** Makes up for the power of two being too large by 2^30. */
  private static final float SCALE = 0x1p-30f;

  private static final int LARGEST_POWER = 1 << 30;

  private LanesExp() {}

  /**
   * e^x for x of at most 0; 0 for x below -84.6, -infinity included; exactly 1 for 0; NaN for NaN. What is returned for a positive x
   * says nothing.
   *
   * <p>x log2(e) / 4 = r - k with a whole number k and |r| at most 1/2; e^x = (2^r 2^-k)^4. 2^r is the polynomial of degree 6 of {@link
   * VectorExp}. 2^-k comes of a shift: bits of a float can't be had in TornadoVM.
   *
   * <p>Error: within 7 ulp, and 2 u for each unit of x, fused or not (docs/numerics.md, "The exponential in lanes").
   *
   * <p>Source: W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980, chapter 6, for the reduction.
   */
  public static Float16 exp(Float16 x) {
    Float16 quarter = bounded(Float16.mult(x, Lanes.broadcast(QUARTER_LOG2_E)));
    Float16 k = whole(quarter);
    return fourthPower(Float16.add(quarter, k), k);
  }

  /**
   * e^x 2^-60 for |x| up to {@link #REACH}; NaN for NaN. What is returned for any other x says nothing.
   *
   * <p>As {@link #exp}, with its error, from 2^-(k + 15).
   */
  public static Float16 scaledExp(Float16 x) {
    Float16 quarter = Float16.mult(x, Lanes.broadcast(QUARTER_LOG2_E));
    Float16 k = whole(quarter);
    return fourthPower(Float16.add(quarter, k), Float16.add(k, Lanes.broadcast(MIDDLE)));
  }

  /** The whole number next to -x; by a sum and a difference, as many processors multiply on other units than they add on. */
  private static Float16 whole(Float16 x) {
    return Float16.sub(Float16.sub(Lanes.broadcast(ROUND), x), Lanes.broadcast(ROUND));
  }

  /** (2^r 2^-k)^4. */
  private static Float16 fourthPower(Float16 r, Float16 k) {
    Float16 p = Lanes.broadcast(VectorExp.C6 * SCALE);
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(VectorExp.C5 * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(VectorExp.C4 * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(VectorExp.C3 * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(VectorExp.C2 * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(VectorExp.C1 * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(SCALE));
    Float16 fourthRoot = Float16.mult(p, powers(k));
    Float16 root = Float16.mult(fourthRoot, fourthRoot);
    return Float16.mult(root, root);
  }

  private static Float16 bounded(Float16 x) {
    return Lanes.larger(x, Lanes.broadcast(LEAST));
  }

  /** 2^(30 - k); 0 for k = 31. */
  private static Float16 powers(Float16 k) {
    return new Float16(
        (float) (LARGEST_POWER >> (int) k.getS0()),
        (float) (LARGEST_POWER >> (int) k.getS1()),
        (float) (LARGEST_POWER >> (int) k.getS2()),
        (float) (LARGEST_POWER >> (int) k.getS3()),
        (float) (LARGEST_POWER >> (int) k.getS4()),
        (float) (LARGEST_POWER >> (int) k.getS5()),
        (float) (LARGEST_POWER >> (int) k.getS6()),
        (float) (LARGEST_POWER >> (int) k.getS7()),
        (float) (LARGEST_POWER >> (int) k.getS8()),
        (float) (LARGEST_POWER >> (int) k.getS9()),
        (float) (LARGEST_POWER >> (int) k.getS10()),
        (float) (LARGEST_POWER >> (int) k.getS11()),
        (float) (LARGEST_POWER >> (int) k.getS12()),
        (float) (LARGEST_POWER >> (int) k.getS13()),
        (float) (LARGEST_POWER >> (int) k.getS14()),
        (float) (LARGEST_POWER >> (int) k.getS15()));
  }
}
