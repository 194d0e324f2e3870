package dev.gale.cli.bench;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.race.Ceilings;
import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.race.Outcome;
import dev.gale.benchmarks.race.Race;
import dev.gale.benchmarks.race.Runner;
import dev.gale.benchmarks.race.RunnerFailedException;
import dev.gale.benchmarks.work.Work;
import dev.gale.cli.common.FileFailure;
import dev.gale.cli.process.BenchRunners;
import dev.gale.cli.process.PrivateDirectory;
import dev.gale.tasks.device.DeviceInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Runs what is asked for, race by race. */
public final class Bench {

  /** Follows it. */
  public interface Listener {
    /** What is being done. */
    void progress(String what);

    /** The machine is known. */
    void machine(Machine machine);

    /** A race is over. */
    void result(RaceResult result);
  }

  private static final Work CEILING_WORK = Work.parse("matmul", "1");

  private final BenchRequest request;
  private final Entrants entrants;
  private final BenchRunners runners;
  private final Listener listener;

  /**
   * @param devices those that are asked for
   */
  public Bench(
      BenchRequest request, List<DeviceInfo> devices, BenchRunners runners, Listener listener) {
    this.request = request;
    this.entrants = new Entrants(request, devices);
    this.runners = runners;
    this.listener = listener;
  }

  /**
   * Runs it.
   *
   * @param processor the processor's name
   * @return the results, in the order of the races
   * @throws RunnerFailedException if the machine's ceilings can't be measured
   */
  public List<RaceResult> run(String processor) throws RunnerFailedException, InterruptedException {
    Machine machine = machine(processor);
    listener.machine(machine);
    List<RaceResult> results = new ArrayList<>();
    int races = request.threads().size() * request.works().size();
    for (int threads : request.threads()) {
      for (Work work : request.works()) {
        String title =
            "["
                + (results.size() + 1)
                + "/"
                + races
                + "] "
                + work.operator()
                + " "
                + work.shape()
                + ", "
                + threads
                + (threads == 1 ? " thread" : " threads");
        RaceResult result = race(work, threads, machine.ceilings(threads), title);
        results.add(result);
        listener.result(result);
      }
    }
    return results;
  }

  private Machine machine(String processor) throws RunnerFailedException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    int cores = Runtime.getRuntime().availableProcessors();
    TreeSet<Integer> counts = new TreeSet<>(request.threads());
    counts.add(1);
    counts.add(cores);
    List<Ceilings> ceilings = new ArrayList<>();
    for (int threads : counts) {
      listener.progress(
          "what the machine can do on " + threads + (threads == 1 ? " thread" : " threads"));
      ceilings.add(
          Ceilings.measure(
              threads,
              kind ->
                  runners.start(Entrant.ceiling(kind), terms(CEILING_WORK, threads, Path.of("")))));
    }
    return new Machine(
        processor,
        cores,
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        load,
        List.copyOf(ceilings));
  }

  private static PrivateDirectory directory() {
    try {
      return PrivateDirectory.create();
    } catch (IOException failure) {
      throw FileFailure.notWritten("a folder in " + System.getProperty("java.io.tmpdir"), failure);
    }
  }

  private RaceResult race(Work work, int threads, Ceilings ceilings, String title)
      throws InterruptedException {
    CeilingKind limit = ceilings.limit(work.cost(), work.outputBytes());
    Entrant ceiling = Entrant.ceiling(limit);
    try (PrivateDirectory directory = directory()) {
      BenchRunners.Terms terms = terms(work, threads, directory.path());
      listener.progress(title + ": starting");
      Map<Entrant, Runner> started = new LinkedHashMap<>();
      for (Entrant entrant : entrants.of(work)) {
        started.put(entrant, runners.start(entrant, terms));
      }
      started.put(ceiling, runners.start(ceiling, terms));
      Map<Entrant, Outcome> outcomes =
          new Race(started, request.settings(), what -> listener.progress(title + ": " + what))
              .run();
      Outcome ofCeiling = outcomes.remove(ceiling);
      double rate =
          ofCeiling instanceof Outcome.Measured measured
              ? Ceilings.amount(measured.opened().cost(), limit) / measured.nanosPerCall().median()
              : ceilings.rate(limit);
      return new RaceResult(work, threads, limit, rate, outcomes);
    }
  }

  private BenchRunners.Terms terms(Work work, int threads, Path directory) {
    return new BenchRunners.Terms(
        work, threads, request.seed(), request.copies(), directory, Expectations.DEFAULT_LIMIT);
  }
}
