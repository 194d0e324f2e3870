package dev.gale.models.linear;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The weights of a linear layer y = x W + b.
 *
 * @param weight W [inputDim, outputDim], row-major and contiguous
 * @param bias b [outputDim]; null for none
 */
public record LinearWeights(FloatArray weight, @Nullable FloatArray bias) {

  /** The half width of the interval that random biases are drawn from. */
  private static final float BIAS_RANGE = 0.5f;

  /**
   * Weights drawn from the uniform distribution on +-sqrt(6 / (inputDim + outputDim)), which keeps the variance of
   * activations and gradients (Glorot and Bengio 2010, eq. 16); biases from the one on +-0.5, so that a bias that goes
   * missing shows.
   *
   * @param inputDim rows of W
   * @param outputDim columns of W
   * @param withBias whether there is a bias
   * @param random where the numbers come from
   */
  public static LinearWeights random(int inputDim, int outputDim, boolean withBias, Random random) {
    float range = (float) Math.sqrt(6.0 / (inputDim + (double) outputDim));
    FloatArray weight = uniform(inputDim * outputDim, range, random);
    return new LinearWeights(weight, withBias ? uniform(outputDim, BIAS_RANGE, random) : null);
  }

  private static FloatArray uniform(int elements, float range, Random random) {
    FloatArray array = new FloatArray(elements);
    for (int i = 0; i < elements; i++) {
      array.set(i, range * (2.0f * random.nextFloat() - 1.0f));
    }
    return array;
  }
}
