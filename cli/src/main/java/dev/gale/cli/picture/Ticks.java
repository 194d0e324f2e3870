package dev.gale.cli.picture;

import java.util.ArrayList;
import java.util.List;

/** Where an axis of token positions is labelled: at multiples of a round number, not more than fit. */
final class Ticks {

  private Ticks() {}

  /**
   * Positions to label.
   *
   * @param positions how many the axis has, from 0
   * @param most the most labels that fit
   */
  static List<Integer> of(int positions, int most) {
    int interval = interval(positions, Math.max(1, most));
    List<Integer> ticks = new ArrayList<>();
    for (int position = 0; position < positions; position += interval) {
      ticks.add(position);
    }
    return ticks;
  }

  /** The least of 1, 2, 4, 5, 8, 10, 16, 20, 32, 50, ... that leaves few enough labels. */
  private static int interval(int positions, int most) {
    int interval = 1;
    while (Math.ceilDiv(positions, interval) > most) {
      do {
        interval++;
      } while (!isRound(interval));
    }
    return interval;
  }

  private static boolean isRound(int interval) {
    if (Integer.bitCount(interval) == 1) {
      return true;
    }
    int rest = interval;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1 || rest == 2 || rest == 5;
  }
}
