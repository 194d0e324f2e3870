package dev.gale.validation.properties;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Orders drawn from a seed. */
final class Permutations {

  private Permutations() {}

  /** The numbers from 0 on, shuffled. */
  static int[] of(int count, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int from = random.nextInt(i + 1);
      order[i] = order[from];
      order[from] = i;
    }
    return order;
  }
}
