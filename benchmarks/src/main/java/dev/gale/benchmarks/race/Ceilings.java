package dev.gale.benchmarks.race;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.statistics.MedianInterval;
import dev.gale.tasks.plan.Cost;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the machine can do on so many threads, measured before the races.
 *
 * @param threads how many
 * @param rates of each kind, in its unit
 */
public record Ceilings(int threads, Map<CeilingKind, MedianInterval> rates) {

  private static final int SAMPLES = 9;
  private static final double WARM_UP_SECONDS = 0.3;
  private static final double SAMPLE_SECONDS = 0.05;

  /** Where less than that part of the bytes is written, memory is as good as read only. */
  private static final double MOSTLY_READ = 0.1;

  /**
   * Measures them, one after the other.
   *
   * @param runners starts the contestant of a kind
   */
  public static Ceilings measure(int threads, Function<CeilingKind, Runner> runners)
      throws RunnerFailedException {
    Map<CeilingKind, MedianInterval> rates = new EnumMap<>(CeilingKind.class);
    for (CeilingKind kind : CeilingKind.values()) {
      try (Runner runner = runners.apply(kind)) {
        rates.put(kind, measure(kind, runner));
      } catch (AbsentException impossible) {
        throw new RunnerFailedException(String.valueOf(impossible.getMessage()), impossible);
      }
    }
    return new Ceilings(threads, rates);
  }

  private static MedianInterval measure(CeilingKind kind, Runner runner)
      throws AbsentException, RunnerFailedException {
    Opened opened = runner.open();
    int calls = LocalRunner.calls(runner.warm(WARM_UP_SECONDS), SAMPLE_SECONDS);
    double[] rates = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      rates[i] = amount(opened.cost(), kind) / runner.measure(calls, true).nanosPerCall();
    }
    return MedianInterval.of(rates);
  }

  /** FLOP or bytes, whichever that ceiling is about; over ns, the rate in its unit. */
  public static long amount(Cost cost, CeilingKind kind) {
    return kind == CeilingKind.FMA ? cost.flop() : cost.bytes();
  }

  /**
   * Which of them a work meets first: that of arithmetic, or that of memory, if everything that must be read and written
   * came from and went to memory once (the roofline of S. Williams, A. Waterman, D. Patterson, CACM 52(4), 2009).
   *
   * @param outputBytes how many of the bytes are written
   */
  public CeilingKind limit(Cost cost, long outputBytes) {
    boolean reads = outputBytes < MOSTLY_READ * cost.bytes();
    CeilingKind memory = reads ? CeilingKind.READ : CeilingKind.TRIAD;
    double arithmeticTime = cost.flop() / rate(CeilingKind.FMA);
    double memoryTime = cost.bytes() / rate(memory);
    return arithmeticTime >= memoryTime ? CeilingKind.FMA : memory;
  }

  /** The median rate, in the kind's unit. */
  public double rate(CeilingKind kind) {
    MedianInterval rate = rates.get(kind);
    if (rate == null) {
      throw new IllegalStateException("no rate of " + kind);
    }
    return rate.median();
  }
}
