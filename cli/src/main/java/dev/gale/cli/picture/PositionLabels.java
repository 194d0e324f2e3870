package dev.gale.cli.picture;

import java.util.ArrayList;
import java.util.List;

/** Labels of an axis of token positions: round numbers, not more than fit. */
final class PositionLabels {

  private PositionLabels() {}

  /**
   * A label a cell, blank where none shall stand.
   *
   * @param cells cells along the axis
   * @param step positions a cell stands for
   * @param most the most labels that fit
   */
  static List<String> of(int cells, int step, int most) {
    int interval = interval(cells * step, most);
    List<String> labels = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      int first = cell * step;
      int round = Math.ceilDiv(first, interval) * interval;
      labels.add(round < first + step ? Integer.toString(round) : " ");
    }
    return labels;
  }

  /** The least of 1, 2, 4, 5, 8, 10, 16, 20, ... that leaves few enough labels. */
  private static int interval(int positions, int most) {
    int interval = 1;
    while (Math.ceilDiv(positions, interval) > most) {
      interval++;
      while (!isRound(interval)) {
        interval++;
      }
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
