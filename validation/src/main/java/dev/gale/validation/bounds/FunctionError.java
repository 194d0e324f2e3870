package dev.gale.validation.bounds;

/**
 * The documented error of an elementary function of a device: |computed - exact| &lt;= (relative + perUnit |x|) |exact| +
 * absolute.
 *
 * @param relative relative error
 * @param perUnit relative error for each unit of |x|, of implementations that round x times a constant
 * @param absolute absolute error
 */
public record FunctionError(double relative, double perUnit, double absolute) {

  /** An error of so many units in the last place of fp32: one is at most 2^-23 of the value. */
  static FunctionError ulps(double ulps) {
    return new FunctionError(ulps * 0x1p-23, 0, 0);
  }
}
