package dev.gale.cli.command;

import dev.gale.benchmarks.race.Outcome;
import dev.gale.cli.common.ExitStatus;
import dev.gale.cli.common.FileFailure;
import dev.gale.cli.common.GaleException;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.BenchRunners;
import dev.gale.cli.process.DeviceList;
import dev.gale.cli.process.Dispatcher;
import dev.gale.cli.process.TuningDirectory;
import dev.gale.cli.report.BenchDisplay;
import dev.gale.cli.report.ProgressDisplay;
import dev.gale.cli.report.TuneTable;
import dev.gale.cli.tune.Tuned;
import dev.gale.cli.tune.Tuner;
import dev.gale.tasks.choice.ShapeClass;
import dev.gale.tasks.choice.Tuning;
import dev.gale.tasks.choice.TuningFile;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code gale tune}. */
@Command(
    name = "tune",
    description = {
      "Find out which variant is the fastest on a device, and keep that for gale run and gale bench.",
      "Every variant that runs there computes one shape of each class, validated, in turns; another one",
      "than the usual is kept only if it is faster beyond the confidence intervals of both."
    })
public final class TuneCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = "--device",
      split = ",",
      paramLabel = "ID",
      converter = DeviceIdConverter.class,
      description = "opencl:0, host:0, ...; by default all.")
  private List<DeviceId> devices = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "For gale run --threads N, on a device that is this machine's processor (default: one a core).")
  private @Nullable Integer threads;

  @Option(
      names = "--shapes",
      split = ",",
      paramLabel = "CLASS",
      converter = ShapeClassConverter.class,
      completionCandidates = ShapeClassNames.class,
      description = {
        "These classes of shapes only, as the table names them: matmul-few-rows, attention-decode, ...",
        "What is kept of others stays. There are:",
        "${COMPLETION-CANDIDATES}."
      })
  private List<ShapeClass> classes = List.of(ShapeClass.values());

  @Option(
      names = "--forget",
      description =
          "Measure nothing; remove what an earlier tuning has kept, of these --shapes or all.")
  private boolean forget;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long a variant may take for one answer (default 120); then it is out.")
  private int timeout = 120;

  public TuneCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Checks.atLeast("--timeout", timeout, 1);
    Checks.threads(threads);
    DeviceList found;
    try (ProgressDisplay progress = new ProgressDisplay(surroundings, List.of())) {
      found =
          new Dispatcher(surroundings, threads, Duration.ofSeconds(timeout), progress).devices();
    }
    List<String> names =
        devices.isEmpty()
            ? DeviceNames.of(found)
            : devices.stream().map(DeviceId::toString).toList();
    int status = devices.isEmpty() && found.failed() ? ExitStatus.DEVICE_FAILED : ExitStatus.DONE;
    for (DeviceInfo device : DeviceNames.choose(names, found, surroundings)) {
      Path directory = TuningDirectory.of(surroundings, device.id().backend());
      try {
        if (forget) {
          forget(directory, device);
        } else {
          status = graver(status, tune(directory, device));
        }
      } catch (IOException failure) {
        throw GaleException.badRequest(
            "tuning of " + device.id() + ": " + directory + ": " + FileFailure.reason(failure));
      }
    }
    return status;
  }

  /** Forgets the classes that are asked for; by default all, whatever the file holds. */
  private void forget(Path directory, DeviceInfo device) throws IOException {
    Path file = TuningFile.path(directory, device);
    String done = ": not tuned";
    if (classes.containsAll(List.of(ShapeClass.values()))) {
      done = Files.deleteIfExists(file) ? ": " + file + " removed" : done;
    } else {
      Map<ShapeClass, String> rest = new EnumMap<>(ShapeClass.class);
      rest.putAll(TuningFile.read(directory, device).variants());
      String removed = names(classes.stream().filter(rest::containsKey));
      if (removed.isEmpty()) {
        done += " for " + names(classes.stream());
      } else {
        done = ": " + removed + " removed from " + file;
        rest.keySet().removeAll(classes);
        if (rest.isEmpty()) {
          Files.delete(file);
        } else {
          TuningFile.write(directory, device, new Tuning(rest));
        }
      }
    }
    surroundings.out().println(device.id() + done);
  }

  private static String names(Stream<ShapeClass> some) {
    return some.map(ShapeClass::id).collect(Collectors.joining(", "));
  }

  private int tune(Path directory, DeviceInfo device) throws IOException, InterruptedException {
    List<Tuned> results = new ArrayList<>();
    Map<ShapeClass, String> choices = new EnumMap<>(ShapeClass.class);
    choices.putAll(TuningFile.read(directory, device).variants());
    try (BenchDisplay display = new BenchDisplay(surroundings)) {
      Tuner tuner =
          new Tuner(
              new BenchRunners(surroundings, Duration.ofSeconds(timeout)),
              Checks.or(threads, Runtime.getRuntime().availableProcessors()),
              display::progress);
      for (ShapeClass shapes : classes) {
        Tuned tuned = tuner.tune(device, shapes);
        results.add(tuned);
        String choice = tuned.choice();
        if (choice != null) {
          choices.put(shapes, choice);
          TuningFile.write(directory, device, new Tuning(choices));
        }
      }
    }
    TuneTable.print(device.id() + " (" + device.description() + ")", results, surroundings.out());
    surroundings.out().println("kept in " + TuningFile.path(directory, device));
    int status = ExitStatus.DONE;
    for (Tuned tuned : results) {
      for (Outcome outcome : tuned.outcomes().values()) {
        status =
            switch (outcome) {
              case Outcome.Measured _, Outcome.Absent _ -> status;
              case Outcome.Wrong _ -> ExitStatus.OUTSIDE_BOUND;
              case Outcome.Failed _ -> graver(status, ExitStatus.DEVICE_FAILED);
            };
      }
    }
    return status;
  }

  /** Reads {@code --device}. */
  static final class DeviceIdConverter implements ITypeConverter<DeviceId> {
    @Override
    public DeviceId convert(String text) {
      try {
        return DeviceId.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(
            "'" + text + "': expected BACKEND:INDEX, as in opencl:0 or host:0");
      }
    }
  }

  /** Reads {@code --shapes}. */
  static final class ShapeClassConverter implements ITypeConverter<ShapeClass> {
    @Override
    public ShapeClass convert(String text) {
      for (ShapeClass shapes : ShapeClass.values()) {
        if (shapes.id().equals(text)) {
          return shapes;
        }
      }
      throw new TypeConversionException(
          "'" + text + "': expected one of " + String.join(", ", new ShapeClassNames()));
    }
  }

  /** What {@code --shapes} can be. */
  static final class ShapeClassNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(ShapeClass.values()).map(ShapeClass::id).iterator();
    }
  }

  /** A wrong result before a failure, a failure before none. */
  private static int graver(int one, int other) {
    if (one == ExitStatus.OUTSIDE_BOUND || other == ExitStatus.OUTSIDE_BOUND) {
      return ExitStatus.OUTSIDE_BOUND;
    }
    return Math.max(one, other);
  }
}
