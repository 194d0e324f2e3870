package dev.gale.cli.bench;

import dev.gale.benchmarks.race.RaceSettings;
import dev.gale.benchmarks.work.Work;
import java.time.Duration;
import java.util.List;

/**
 * What is asked for.
 *
 * @param works what is measured
 * @param threads on how many threads, one after the other
 * @param devices names of devices
 * @param variants names of variants; none for the one that suits the device and the shape; {@code all} for all of them
 * @param peers names of other libraries
 * @param settings how long and how often
 * @param seed of the input
 * @param copies whether Gale copies its inputs to the device and its outputs back at every call
 * @param limit how long one answer of a contestant may take
 */
public record BenchRequest(
    List<Work> works,
    List<Integer> threads,
    List<String> devices,
    List<String> variants,
    List<String> peers,
    RaceSettings settings,
    long seed,
    boolean copies,
    Duration limit) {

  /** In the place of a variant's name: all of them. */
  public static final String ALL = "all";
}
