package dev.gale.validation.testing;

import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Buffers for test cases. */
public final class Inputs {

  private Inputs() {}

  /** Standard normal numbers of a seed. */
  public static FloatArray normal(int elements, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    return of(elements, i -> random.nextGaussian());
  }

  /** The same, times a factor. */
  public static FloatArray normal(int elements, double factor, long seed) {
    FloatArray array = normal(elements, seed);
    return of(elements, i -> factor * array.get(i));
  }

  /** Normal numbers, one in sixteen of them twenty times as large. */
  public static FloatArray outliers(int elements, long seed) {
    FloatArray array = normal(elements, seed);
    return of(elements, i -> i % 16 == 5 ? 20 * array.get(i) : array.get(i));
  }

  /** Subnormal numbers of both signs. */
  public static FloatArray subnormal(int elements, long seed) {
    return normal(elements, 0x1p-130, seed);
  }

  /** The same number everywhere. */
  public static FloatArray constant(int elements, double value) {
    return of(elements, i -> value);
  }

  /** Each element from its index. */
  public static FloatArray of(int elements, IntToDoubleFunction value) {
    FloatArray array = new FloatArray(elements);
    for (int i = 0; i < elements; i++) {
      array.set(i, (float) value.applyAsDouble(i));
    }
    return array;
  }

  /** A copy with one element replaced. */
  public static FloatArray with(FloatArray array, int element, float value) {
    return of(array.getSize(), i -> i == element ? value : array.get(i));
  }

  /** A copy with consecutive elements replaced. */
  public static FloatArray with(FloatArray array, int from, int count, float value) {
    return of(array.getSize(), i -> i >= from && i < from + count ? value : array.get(i));
  }
}
