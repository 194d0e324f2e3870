package dev.gale.cli.command;

import dev.gale.cli.process.DeviceChoice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** Options of {@code gale run} and of everything under it. */
final class RunOptions {

  static final String DEFAULT_SEED = "42";
  private static final int DEFAULT_REPEATS = 5;

  @Option(
      names = "--device",
      scope = ScopeType.INHERIT,
      paramLabel = "ID|all",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description =
          "opencl:0, host:0, ...: that device; all: every device, one after the other; auto (the"
              + " default): a GPU, else an accelerator, else a CPU behind TornadoVM, else host:0.")
  DeviceChoice device = new DeviceChoice.Best();

  @Option(
      names = "--variant",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "How to compute; by default the variant that suits the device and the shape.")
  @Nullable String variant;

  @Option(
      names = "--threads",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description =
          "On how many threads, of a device that is this machine's processor: the JVM device and"
              + " PoCL (default: one a core).")
  @Nullable Integer threads;

  @Option(
      names = "--repeat",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description =
          "Measured runs, after one that compiles (default 5; 10 in the demonstration). Every run is"
              + " validated.")
  @Nullable Integer repeat;

  @Option(
      names = "--seed",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description = "Seed of generated input (default " + DEFAULT_SEED + ").")
  @Nullable Long seed;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "How long a device may work on one run, or on starting, before it counts as hung and its"
              + " process is killed (default 300).")
  int timeout = 300;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object on standard output and nothing else there.")
  boolean json;

  int repeats() {
    return Checks.or(repeat, DEFAULT_REPEATS);
  }

  long seedOrDefault() {
    return seed == null ? Long.parseLong(DEFAULT_SEED) : seed;
  }

  Duration limit() {
    return Duration.ofSeconds(timeout);
  }

  /** Checks what picocli cannot. */
  void check() {
    Checks.atLeast("--repeat", repeats(), 1);
    Checks.atLeast("--timeout", timeout, 1);
    Checks.threads(threads);
  }

  /** Reads {@code --device}. */
  static final class DeviceConverter implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String text) {
      try {
        return DeviceChoice.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(
            "'" + text + "': expected auto, all or BACKEND:INDEX, as in opencl:0 or host:0");
      }
    }
  }
}
