package dev.gale.validation.testing;

import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.bounds.FunctionError;

/** The arithmetic of the references themselves, for comparing them with numbers worked out by hand to 20 digits. */
public final class DoubleModel {

  private static final double U = 0x1p-53;

  /** commons-math's exp and log are within 1 ulp; a literal of the expected number is within half of one. */
  public static final FloatModel MODEL =
      new FloatModel(
          "double",
          U,
          Double.MIN_VALUE,
          0,
          U,
          new FunctionError(4 * U, 0, 0),
          new FunctionError(4 * U, 0, 0),
          1);

  private DoubleModel() {}
}
