package dev.gale.cli.bench;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.race.Ceilings;
import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.race.Outcome;
import dev.gale.benchmarks.work.Work;
import java.util.Map;

/**
 * What came of a race.
 *
 * @param work what was computed
 * @param threads on how many threads
 * @param limit the ceiling that the work meets first
 * @param ceilingRate the rate of that ceiling, in its unit: measured in turns with the contestants where that was
 *     possible, else before
 * @param outcomes of Gale's variants and of other libraries
 */
public record RaceResult(
    Work work, int threads, CeilingKind limit, double ceilingRate, Map<Entrant, Outcome> outcomes) {

  /** 10^9 FLOP or bytes a second, whichever the ceiling is about. */
  public double rate(Outcome.Measured measured) {
    return Ceilings.amount(work.cost(), limit) / measured.nanosPerCall().median();
  }

  /** Which part of the ceiling is reached; above 1 where data come from a cache and the ceiling is that of memory. */
  public double fraction(Outcome.Measured measured) {
    return rate(measured) / ceilingRate;
  }

  /** The shortest median of the other libraries, ns; NaN without one. */
  public double bestPeerNanos() {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == Entrant.Kind.PEER)
        .filter(entry -> entry.getValue() instanceof Outcome.Measured)
        .mapToDouble(entry -> ((Outcome.Measured) entry.getValue()).nanosPerCall().median())
        .min()
        .orElse(Double.NaN);
  }

  /** How many times as fast as the fastest of the other libraries; NaN without one. */
  public double timesBestPeer(Outcome.Measured measured) {
    return bestPeerNanos() / measured.nanosPerCall().median();
  }
}
