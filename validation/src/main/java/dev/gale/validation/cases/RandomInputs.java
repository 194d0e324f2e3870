package dev.gale.validation.cases;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Inputs drawn from a seed: the same on every machine. */
final class RandomInputs {

  private static final RandomGeneratorFactory<RandomGenerator> GENERATOR =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final RandomGenerator random;

  RandomInputs(long seed) {
    this.random = GENERATOR.create(seed);
  }

  /** Standard normal numbers. */
  FloatArray normal(int elements) {
    FloatArray array = new FloatArray(elements);
    for (int i = 0; i < elements; i++) {
      array.set(i, (float) random.nextGaussian());
    }
    return array;
  }

  /** Standard normal numbers, one in eight of them replaced by -infinity. */
  FloatArray mask(int elements) {
    FloatArray array = normal(elements);
    for (int i = 0; i < elements; i++) {
      if (random.nextInt(8) == 0) {
        array.set(i, Float.NEGATIVE_INFINITY);
      }
    }
    return array;
  }
}
