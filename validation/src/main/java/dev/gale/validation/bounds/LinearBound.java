package dev.gale.validation.bounds;

import dev.gale.models.linear.LinearWeights;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.reference.LinearReference;
import dev.gale.validation.reference.Operand;

/**
 * The error of y = x W + b in fp32: that of the product, and one rounded addition (docs/numerics.md, "Linear layer").
 */
public final class LinearBound {

  private LinearBound() {}

  /** The bound of each element of y. */
  public static double[] of(
      MatmulShape shape,
      Operand x,
      LinearWeights weights,
      LinearReference reference,
      FloatModel model) {
    double[] bounds = MatmulBound.of(shape, x, weights.weight(), reference.product(), model);
    if (weights.bias() == null) {
      return bounds;
    }
    for (int at = 0; at < bounds.length; at++) {
      // Either summand may be flushed, and the sum.
      double summands = bounds[at] + 2 * model.inputFlush();
      double magnitude = Math.abs(reference.result()[at]) * MatmulBound.REFERENCE_SLACK;
      if (Double.isFinite(magnitude)) {
        bounds[at] = summands + model.roundoff() * (magnitude + summands) + model.underflow();
      }
    }
    return bounds;
  }
}
