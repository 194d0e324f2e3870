package dev.gale.validation.reference;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A buffer that an operator reads, in double precision, and how far from it what a device reads may be: not at all where
 * it is an input, as far as its bound where another operator has computed it.
 */
public interface Operand {

  /** The exact number. */
  double value(int index);

  /** The largest |what a device reads - exact|; 0 where the exact number is not finite. */
  double error(int index);

  /** Whether every error is 0. */
  boolean isExact();

  /** An input: a device reads just that. */
  static Operand exact(FloatArray array) {
    return new Operand() {
      @Override
      public double value(int index) {
        return array.get(index);
      }

      @Override
      public double error(int index) {
        return 0;
      }

      @Override
      public boolean isExact() {
        return true;
      }
    };
  }

  /**
   * The result of another operator.
   *
   * @param values its reference
   * @param bounds its bounds
   */
  static Operand computed(double[] values, double[] bounds) {
    return new Operand() {
      @Override
      public double value(int index) {
        return values[index];
      }

      @Override
      public double error(int index) {
        return Double.isFinite(values[index]) ? Math.min(bounds[index], LARGEST_ERROR) : 0;
      }

      @Override
      public boolean isExact() {
        return false;
      }
    };
  }

  /** Above the range of fp32, and finite, so that 0 times it is 0. */
  double LARGEST_ERROR = 0x1p129;
}
