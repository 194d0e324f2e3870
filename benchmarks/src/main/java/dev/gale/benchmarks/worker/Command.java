package dev.gale.benchmarks.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gale.benchmarks.race.Entrant;

/** What a worker is told: one JSON object a line on its standard input. When that ends, so does the worker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.Open.class, name = "open"),
  @JsonSubTypes.Type(value = Command.Judge.class, name = "judge"),
  @JsonSubTypes.Type(value = Command.Warm.class, name = "warm"),
  @JsonSubTypes.Type(value = Command.Measure.class, name = "measure")
})
public sealed interface Command {

  /**
   * Become a contestant, and compute for the first time. Comes first, once.
   *
   * @param entrant who
   * @param operator of the work
   * @param shape of the work, in its text form
   * @param seed of the input
   * @param threads how many may compute at once
   * @param threadsFixed how that was seen to outside of the process, in words; empty if it was not
   * @param copies whether Gale copies its inputs to the device and its outputs back at every call
   * @param expectations the directory that references are kept in
   * @param limit multiplications or exponentials that a reference may take
   */
  record Open(
      Entrant entrant,
      String operator,
      String shape,
      long seed,
      int threads,
      String threadsFixed,
      boolean copies,
      String expectations,
      long limit)
      implements Command {}

  /** Judge what is computed. */
  record Judge(boolean thorough) implements Command {}

  /** Compute for some time. */
  record Warm(double seconds) implements Command {}

  /** Time so many calls, after one that is not timed if wanted. */
  record Measure(int calls, boolean ready) implements Command {}
}
