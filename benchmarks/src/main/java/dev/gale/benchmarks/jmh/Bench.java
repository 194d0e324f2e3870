package dev.gale.benchmarks.jmh;

import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.contestant.GaleContestant;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.Devices;
import dev.gale.tasks.plan.Cost;
import dev.gale.validation.harness.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A variant of an operator, built and validated: what the benchmarks call. */
final class Bench implements AutoCloseable {

  private static final long SEED = 42;
  private static final String AUTO = "auto";
  private static final String THREADS = "gale.host.threads";

  private final GaleContestant contestant;
  private final double gigaFlop;
  private final double gigaBytes;

  /**
   * Builds, runs once, and validates.
   *
   * @param variant its name, or {@code auto}
   * @param threads of the JVM device; 0 for one a core
   * @throws IllegalStateException if the result is wrong
   */
  Bench(String operator, String shape, String device, String variant, int threads)
      throws Exception {
    if (threads > 0) {
      // Read when the JVM device begins, which it has not: each combination has a process of its
      // own.
      System.setProperty(THREADS, Integer.toString(threads));
    }
    Work work = Work.parse(operator, shape);
    contestant =
        new GaleContestant(
            work,
            Devices.find(DeviceId.parse(device)),
            variant.equals(AUTO) ? null : variant,
            SEED,
            false,
            "");
    Opened opened = contestant.open();
    Path directory = Files.createTempDirectory("gale-jmh-");
    try {
      Verdict verdict =
          contestant.judge(
              new Expectations(directory, work, SEED, Expectations.DEFAULT_LIMIT), true);
      if (!verdict.passed()) {
        throw new IllegalStateException(opened.variant() + ": " + verdict.complaint());
      }
    } finally {
      delete(directory);
    }
    Cost cost = work.cost();
    gigaFlop = 1e-9 * cost.flop();
    gigaBytes = 1e-9 * cost.bytes();
  }

  /** One call. */
  void call(Rate rate) {
    contestant.call();
    rate.gigaFlop += gigaFlop;
    rate.gigaBytes += gigaBytes;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    contestant.close();
  }
}
