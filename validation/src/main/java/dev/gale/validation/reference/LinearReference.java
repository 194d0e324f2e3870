package dev.gale.validation.reference;

import dev.gale.models.linear.LinearWeights;
import dev.gale.tasks.matmul.MatmulShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * y = x W + b in double precision.
 *
 * @param product that of x and W
 * @param result [m, n], with the bias added
 */
// As large as the outputs: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record LinearReference(MatmulReference product, double[] result) {

  /**
   * Computes a reference.
   *
   * @param shape m rows of x and y, n columns of W and y, k columns of x and rows of W
   * @param x [m, k]
   * @param weights W [k, n] and perhaps b [n]
   */
  public static LinearReference of(MatmulShape shape, Operand x, LinearWeights weights) {
    MatmulReference product = MatmulReference.of(shape, x, weights.weight());
    double[] result = product.product().clone();
    FloatArray bias = weights.bias();
    if (bias != null) {
      for (int at = 0; at < result.length; at++) {
        result[at] += bias.get(at % shape.n());
      }
    }
    return new LinearReference(product, result);
  }
}
