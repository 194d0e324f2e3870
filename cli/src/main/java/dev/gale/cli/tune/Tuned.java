package dev.gale.cli.tune;

import dev.gale.benchmarks.race.Outcome;
import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.choice.ShapeClass;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one class of shapes.
 *
 * @param shapes the class
 * @param work what was measured for it
 * @param untuned the variant that runs when nothing is tuned
 * @param outcomes of the variants, by name
 */
public record Tuned(ShapeClass shapes, Work work, String untuned, Map<String, Outcome> outcomes) {

  /**
   * The variant to run from now on: the fastest, if it is faster than the one that runs untuned beyond the confidence
   * intervals of both; null if no variant was right.
   */
  public @Nullable String choice() {
    String fastest = null;
    for (String name : outcomes.keySet()) {
      if (median(name) < (fastest == null ? Double.POSITIVE_INFINITY : median(fastest))) {
        fastest = name;
      }
    }
    if (fastest == null || !(outcomes.get(untuned) instanceof Outcome.Measured usual)) {
      return fastest;
    }
    return outcomes.get(fastest) instanceof Outcome.Measured first
            && first.nanosPerCall().high() < usual.nanosPerCall().low()
        ? fastest
        : untuned;
  }

  /** Median time of a call, ns; infinite for what was not measured. */
  public double median(String variant) {
    return outcomes.get(variant) instanceof Outcome.Measured measured
        ? measured.nanosPerCall().median()
        : Double.POSITIVE_INFINITY;
  }
}
