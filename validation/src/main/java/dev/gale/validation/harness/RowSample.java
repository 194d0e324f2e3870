package dev.gale.validation.harness;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Which rows of an output are judged where a reference of all of them would take minutes. */
final class RowSample {

  private RowSample() {}

  /**
   * Groups of consecutive rows: all, if there are few enough, else the first, the last and random ones between.
   *
   * @param groups how many there are
   * @param most how many to take, at least 2
   * @param seed of the choice
   * @return ascending
   */
  static int[] of(int groups, int most, long seed) {
    if (groups <= most) {
      int[] all = new int[groups];
      Arrays.setAll(all, group -> group);
      return all;
    }
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<Integer> taken = new TreeSet<>();
    taken.add(0);
    taken.add(groups - 1);
    while (taken.size() < most) {
      taken.add(random.nextInt(groups));
    }
    return taken.stream().mapToInt(Integer::intValue).toArray();
  }
}
