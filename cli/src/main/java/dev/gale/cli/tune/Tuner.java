package dev.gale.cli.tune;

import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.race.Outcome;
import dev.gale.benchmarks.race.Race;
import dev.gale.benchmarks.race.RaceSettings;
import dev.gale.benchmarks.race.Runner;
import dev.gale.benchmarks.work.Work;
import dev.gale.cli.bench.Entrants;
import dev.gale.cli.process.BenchRunners;
import dev.gale.cli.process.PrivateDirectory;
import dev.gale.tasks.choice.ShapeClass;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Variant;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Lets the variants of a device compute in turns, validated, and says which was the fastest. */
public final class Tuner {

  private static final long SEED = 42;

  /** Six samples are the least for an interval of 95%. */
  private static final RaceSettings SETTINGS = new RaceSettings(6, 0.03, 0.3, 3, 0.01);

  private final BenchRunners runners;
  private final int threads;
  private final Consumer<String> progress;

  /**
   * @param threads on how many a device computes that is the processor
   * @param progress told what is being done
   */
  public Tuner(BenchRunners runners, int threads, Consumer<String> progress) {
    this.runners = runners;
    this.threads = threads;
    this.progress = progress;
  }

  /** Tries one class of shapes. */
  public Tuned tune(DeviceInfo device, ShapeClass shapes) throws IOException, InterruptedException {
    Work work = TuningWorks.of(shapes);
    String title = device.id() + " " + shapes.id();
    try (PrivateDirectory directory = PrivateDirectory.create()) {
      BenchRunners.Terms terms =
          new BenchRunners.Terms(
              work, threads, SEED, false, directory.path(), Expectations.DEFAULT_LIMIT);
      progress.accept(title + ": starting");
      Map<Entrant, Runner> started = new LinkedHashMap<>();
      for (Variant variant : Entrants.catalogue(work).runningOn(device)) {
        Entrant entrant = Entrant.gale(device.id().toString(), variant.id());
        started.put(entrant, runners.start(entrant, terms));
      }
      Map<Entrant, Outcome> outcomes =
          new Race(started, SETTINGS, what -> progress.accept(title + ": " + what)).run();
      Map<String, Outcome> byName = new LinkedHashMap<>();
      outcomes.forEach((entrant, outcome) -> byName.put(entrant.variant(), outcome));
      return new Tuned(shapes, work, VariantChoice.usual(device, shapes), byName);
    }
  }
}
