package dev.gale.cli.bench;

import dev.gale.benchmarks.race.Ceilings;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param processor its name
 * @param cores processors that the JVM sees
 * @param system operating system and architecture
 * @param jvm the JVM of all contestants
 * @param loadAverage of the last minute before the measurements, negative where it is not known: on a machine that is
 *     not idle, figures are worth little
 * @param ceilings what the machine can do, by number of threads
 */
public record Machine(
    String processor,
    int cores,
    String system,
    String jvm,
    double loadAverage,
    List<Ceilings> ceilings) {

  /** The ceilings of a number of threads. */
  public Ceilings ceilings(int threads) {
    return ceilings.stream()
        .filter(found -> found.threads() == threads)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no ceilings of " + threads + " threads"));
  }
}
