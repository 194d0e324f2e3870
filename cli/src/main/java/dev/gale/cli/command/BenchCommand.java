package dev.gale.cli.command;

import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.race.Outcome;
import dev.gale.benchmarks.race.RunnerFailedException;
import dev.gale.cli.bench.Bench;
import dev.gale.cli.bench.BenchRequest;
import dev.gale.cli.bench.Machine;
import dev.gale.cli.bench.RaceResult;
import dev.gale.cli.common.ExitStatus;
import dev.gale.cli.common.FileFailure;
import dev.gale.cli.common.GaleException;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.BenchRunners;
import dev.gale.cli.process.DeviceList;
import dev.gale.cli.process.Dispatcher;
import dev.gale.cli.report.BenchCsv;
import dev.gale.cli.report.BenchDisplay;
import dev.gale.cli.report.BenchJson;
import dev.gale.cli.report.BenchTable;
import dev.gale.cli.report.ProgressDisplay;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gale bench}. */
@Command(
    name = "bench",
    description = {
      "Measure Gale's variants beside other libraries and beside what the machine can do.",
      "Contestants compute in turns, each in a process of its own; only what is validated has a speed."
    })
public final class BenchCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final BenchOptions options = new BenchOptions();

  public BenchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    options.check();
    DeviceList found = devices();
    List<DeviceInfo> chosen = choose(found);
    BenchRequest request =
        options.request(chosen.stream().map(device -> device.id().toString()).toList());
    boolean toStandardOutput = BenchOptions.STANDARD_OUTPUT.equals(options.json);
    Path jsonFile = options.json == null || toStandardOutput ? null : Path.of(options.json);
    if (jsonFile != null) {
      // Before the work, not after it.
      write(jsonFile, "");
    }
    try (Writer csv = options.csv == null ? Writer.nullWriter() : open(options.csv);
        BenchDisplay display = new BenchDisplay(surroundings)) {
      Reporter reporter = new Reporter(display, new BenchCsv(csv), !toStandardOutput);
      List<RaceResult> results =
          new Bench(request, chosen, new BenchRunners(surroundings, request.limit()), reporter)
              .run(processor(found));
      if (options.json != null) {
        String json = BenchJson.text(request, reporter.machine(), results);
        if (jsonFile == null) {
          surroundings.out().println(json);
        } else {
          write(jsonFile, json + "\n");
        }
      }
      return status(results);
    } catch (RunnerFailedException failure) {
      throw GaleException.deviceFailed("the machine's ceilings: " + failure.getMessage());
    } catch (IOException failure) {
      throw FileFailure.notWritten("--csv: " + options.csv, failure);
    }
  }

  private DeviceList devices() {
    if (!options.wantsDevices()) {
      return new DeviceList(List.of(), List.of(), false);
    }
    try (ProgressDisplay progress = new ProgressDisplay(surroundings, List.of())) {
      return new Dispatcher(surroundings, null, options.limit(), progress).devices();
    }
  }

  private List<DeviceInfo> choose(DeviceList list) {
    return options.wantsDevices()
        ? DeviceNames.choose(options.devices(DeviceNames.of(list)), list, surroundings)
        : List.of();
  }

  /** The name of the processor: the JVM device's. */
  private static String processor(DeviceList list) {
    return list.devices().stream()
        .filter(device -> device.kind() == DeviceKind.JVM)
        .map(DeviceInfo::description)
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** That of Gale's own results: another library's failure is news, and no failure of the command. */
  private static int status(List<RaceResult> results) {
    int status = ExitStatus.DONE;
    for (RaceResult result : results) {
      for (var entry : result.outcomes().entrySet()) {
        if (entry.getKey().kind() != Entrant.Kind.GALE) {
          continue;
        }
        if (entry.getValue() instanceof Outcome.Wrong) {
          return ExitStatus.OUTSIDE_BOUND;
        }
        if (entry.getValue() instanceof Outcome.Failed) {
          status = ExitStatus.DEVICE_FAILED;
        }
      }
    }
    return status;
  }

  private static Writer open(Path file) {
    try {
      return Files.newBufferedWriter(file);
    } catch (IOException failure) {
      throw FileFailure.notWritten("--csv: " + file, failure);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw FileFailure.notWritten("--json: " + file, failure);
    }
  }

  /** Prints what is known, as soon as it is. */
  private final class Reporter implements Bench.Listener {

    private final BenchDisplay display;
    private final BenchCsv csv;
    private final boolean tables;
    private @Nullable Machine machine;

    Reporter(BenchDisplay display, BenchCsv csv, boolean tables) {
      this.display = display;
      this.csv = csv;
      this.tables = tables;
    }

    Machine machine() {
      if (machine == null) {
        throw new IllegalStateException("the machine was not measured");
      }
      return machine;
    }

    @Override
    public void progress(String what) {
      display.progress(what);
    }

    @Override
    public void machine(Machine found) {
      machine = found;
      display.clear();
      if (tables) {
        BenchTable.print(found, surroundings.out());
      }
    }

    @Override
    public void result(RaceResult result) {
      display.clear();
      if (tables) {
        BenchTable.print(result, surroundings.out());
      }
      try {
        csv.add(result);
      } catch (IOException failure) {
        throw FileFailure.notWritten("--csv: " + options.csv, failure);
      }
    }
  }
}
