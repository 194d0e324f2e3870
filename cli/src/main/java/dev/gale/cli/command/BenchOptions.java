package dev.gale.cli.command;

import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.race.RaceSettings;
import dev.gale.benchmarks.work.Preset;
import dev.gale.benchmarks.work.Work;
import dev.gale.cli.bench.BenchRequest;
import dev.gale.cli.common.GaleException;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code gale bench}. */
final class BenchOptions {

  /** For {@code --json} without a file. */
  static final String STANDARD_OUTPUT = "-";

  private static final String ALL = "all";
  private static final String AUTO = "auto";
  private static final String NONE = "none";

  /** Between two contestants: threads that spin for some ms after their last call are asleep by then. */
  private static final double PAUSE_SECONDS = 0.05;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "quick",
      description = "What to measure: quick (the default), matmul, softmax, attention, full.")
  private String preset = "quick";

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      split = ",",
      description = "Of the preset, these only: matmul, softmax, attention.")
  private List<String> operators = new ArrayList<>();

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      split = ",",
      description = {
        "These in place of the preset, of one --operator. matmul: N or MxNxK; softmax: ROWSxCOLS;",
        "attention: HEADSxLENGTHxHEADDIM or HEADSxQUERIESxKEYSxHEADDIM, HEADS as N or N/KVHEADS,",
        ":causal at the end: 8x1024x64, 32/8x2048x128:causal, 32x1x8192x128."
      })
  private List<String> shapes = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "ID",
      split = ",",
      defaultValue = ALL,
      description = "opencl:0, host:0, ...; all (the default); none: other libraries only.")
  private List<String> devices = List.of(ALL);

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      split = ",",
      defaultValue = AUTO,
      description = "Names; all; auto (the default): the one that suits the device and the shape.")
  private List<String> variants = List.of(AUTO);

  @Option(
      names = "--peers",
      paramLabel = "NAME",
      split = ",",
      defaultValue = ALL,
      description = {
        "Other libraries: names; none; all (the default). Those that are not built in are reported",
        "as absent: ./tornado-env.sh gale -Ppeers bench ... builds them in."
      })
  private List<String> peers = List.of(ALL);

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = ALL,
      description = "On how many threads, one after the other; all (the default): one a core.")
  private List<String> threads = List.of(ALL);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description =
          "Samples of each contestant (default 9; 6 are the least for an interval of 95%%).")
  private int rounds = 9;

  @Option(
      names = "--sample-millis",
      paramLabel = "N",
      defaultValue = "50",
      description = "How long a sample takes: as many calls as fit, at least one (default 50).")
  private int sampleMillis = 50;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description =
          "How long each is called before the first round, and again as long as it gets faster (default 1).")
  private double warmUp = 1;

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = {
        "How long the samples of one contestant may take together (default 20): a slow one sits out",
        "the further rounds."
      })
  private double budget = 20;

  @Option(
      names = "--copies",
      description = {
        "Gale copies inputs to the device and outputs back at every call; without it they stay there,",
        "as other libraries' do, and COPY ms is outside of the time."
      })
  private boolean copies;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = RunOptions.DEFAULT_SEED,
      description = "Seed of the input (default " + RunOptions.DEFAULT_SEED + ").")
  private long seed;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long a contestant may take for one answer (default 120); then it is out.")
  private int timeout = 120;

  @Option(names = "--csv", paramLabel = "FILE", description = "Comma-separated values, written.")
  @Nullable Path csv;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = STANDARD_OUTPUT,
      description = {
        "One JSON object: into a file; without one on standard output, and nothing else there."
      })
  @Nullable String json;

  Duration limit() {
    return Duration.ofSeconds(timeout);
  }

  /** Whether any device of Gale's takes part. */
  boolean wantsDevices() {
    return !devices.equals(List.of(NONE));
  }

  /** The devices that are asked for, of those that there are. */
  List<String> devices(List<String> found) {
    return devices.equals(List.of(ALL)) ? found : devices;
  }

  /**
   * What is asked for.
   *
   * @param chosen names of devices
   */
  BenchRequest request(List<String> chosen) {
    return new BenchRequest(
        works(),
        counts(),
        chosen,
        variants.equals(List.of(AUTO)) ? List.of() : variants,
        peers(),
        new RaceSettings(rounds, 1e-3 * sampleMillis, warmUp, budget, PAUSE_SECONDS),
        seed,
        copies,
        limit());
  }

  /** Checks what can be checked before anything is started. */
  void check() {
    Checks.atLeast("--rounds", rounds, 1);
    Checks.atLeast("--sample-millis", sampleMillis, 1);
    Checks.atLeast("--timeout", timeout, 1);
    if (!(warmUp >= 0) || !(budget >= 0)) {
      throw GaleException.badRequest("--warm-up, --budget: expected a number of at least 0");
    }
    works();
    counts();
    peers();
    checkVariants();
  }

  private List<Work> works() {
    for (String operator : operators) {
      if (!Work.OPERATORS.contains(operator)) {
        throw GaleException.badRequest(
            "--operator "
                + operator
                + ": not known; known are "
                + String.join(", ", Work.OPERATORS));
      }
    }
    if (!shapes.isEmpty()) {
      if (operators.size() != 1) {
        throw GaleException.badRequest("--shape: goes with one --operator");
      }
      return Checks.shape(
          () -> shapes.stream().map(shape -> Work.parse(operators.getFirst(), shape)).toList());
    }
    Preset chosen =
        Arrays.stream(Preset.values())
            .filter(one -> one.id().equals(preset))
            .findFirst()
            .orElseThrow(
                () ->
                    GaleException.badRequest(
                        "--preset "
                            + preset
                            + ": expected "
                            + String.join(
                                ", ", Arrays.stream(Preset.values()).map(Preset::id).toList())));
    List<Work> works =
        chosen.works().stream()
            .filter(work -> operators.isEmpty() || operators.contains(work.operator()))
            .toList();
    if (works.isEmpty()) {
      throw GaleException.badRequest(
          "--operator " + String.join(",", operators) + ": nothing of it in preset " + preset);
    }
    return works;
  }

  private List<Integer> counts() {
    int cores = Runtime.getRuntime().availableProcessors();
    return threads.stream().map(text -> text.equals(ALL) ? cores : count(text)).distinct().toList();
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      Checks.threads(count);
      return count;
    } catch (NumberFormatException wrong) {
      throw GaleException.badRequest("--threads " + text + ": expected a number or all");
    }
  }

  private List<String> peers() {
    if (peers.equals(List.of(NONE))) {
      return List.of();
    }
    if (peers.equals(List.of(ALL))) {
      return KnownPeer.ALL.stream().map(KnownPeer::id).toList();
    }
    return Checks.shape(() -> peers.stream().map(id -> KnownPeer.byId(id).id()).toList());
  }

  private void checkVariants() {
    List<String> known =
        Stream.of(
                MatmulVariants.catalogue(),
                SoftmaxVariants.catalogue(),
                AttentionVariants.catalogue())
            .flatMap(catalogue -> catalogue.all().stream())
            .map(Variant::id)
            .distinct()
            .toList();
    for (String variant : variants) {
      if (!variant.equals(AUTO) && !variant.equals(ALL) && !known.contains(variant)) {
        throw GaleException.badRequest(
            "--variant " + variant + ": no operator has it; known are " + String.join(", ", known));
      }
    }
  }
}
