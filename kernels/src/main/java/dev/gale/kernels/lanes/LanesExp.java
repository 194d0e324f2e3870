package dev.gale.kernels.lanes;

import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * An exponential on {@link Float16}: the API has none, and sixteen calls of {@code TornadoMath.exp} take PoCL five
 * times as long.
 */
public final class LanesExp {

  /** Most that {@link #exp} is off where the result is above {@link #LEAST_RESULT}, in ulp. */
  public static final int ULPS = 7;

  /** Results below it are 0. */
  public static final double LEAST_RESULT = 0x1p-121;

  /** Where half an argument becomes 0: between -30.5 and -31.5 times 2 ln 2. */
  private static final float LEAST = -43.0f;

  /** 1 / (2 ln 2). */
  private static final float INVERSE_LN_4 = 0.72134752f;

  /** 2 ln 2, its first 17 bits and the rest: products of the first with whole numbers up to 63 are exact. */
  private static final float LN_4_HIGH = 0x1.62e4p0f;

  private static final float LN_4_LOW = 2.8572135e-6f;

  /** 1.5 times 2^23: the sum with it is rounded to a whole number. */
  private static final float ROUND = 12582912.0f;

  /** Makes up for the powers of two being too large by 2^30 each, two of them in the product. */
  private static final float SCALE = 0x1p-60f;

  private static final int LARGEST_POWER = 1 << 30;

  private LanesExp() {}

  /**
   * e^x for x of at most 0; 0 for x below -84.6, -infinity included; exactly 1 for 0; NaN for NaN. What is returned for a positive x
   * says nothing.
   *
   * <p>x / 2 = -2 k ln 2 + r with a whole number k and |r| at most ln 2; e^x = (e^r 2^-k 2^-k)^2. e^r is a polynomial of degree 7,
   * fitted to the relative error (3e-8). 2^-k comes of a shift: bits of a float can't be had in TornadoVM.
   *
   * <p>Error: within 7 ulp, fused or not (docs/numerics.md, "The exponential in lanes").
   *
   * <p>Source: Muller et al., "Handbook of Floating-Point Arithmetic" (2010), section 11.5, for the reduction.
   */
  public static Float16 exp(Float16 x) {
    return ofTwice(Float16.mult(x, Lanes.broadcast(0.5f)));
  }

  /** {@link #exp} of 2 half, for who has the half at no cost. */
  public static Float16 ofTwice(Float16 half) {
    Float16 bounded = Lanes.larger(half, Lanes.broadcast(LEAST));
    Float16 whole =
        Float16.sub(
            Float16.add(
                Float16.mult(bounded, Lanes.broadcast(-INVERSE_LN_4)), Lanes.broadcast(ROUND)),
            Lanes.broadcast(ROUND));
    Float16 r =
        Float16.add(
            Float16.add(bounded, Float16.mult(whole, Lanes.broadcast(LN_4_HIGH))),
            Float16.mult(whole, Lanes.broadcast(LN_4_LOW)));
    Float16 p = Lanes.broadcast(1.9611705e-4f * SCALE);
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(1.4104384e-3f * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(8.336101e-3f * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(4.1661274e-2f * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(1.6666614e-1f * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(5.0000036e-1f * SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(SCALE));
    p = Float16.add(Float16.mult(p, r), Lanes.broadcast(SCALE));
    Float16 power = powers(whole);
    Float16 root = Float16.mult(Float16.mult(p, power), power);
    return Float16.mult(root, root);
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
