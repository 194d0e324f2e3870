package dev.gale.cli.report;

import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.Row;
import dev.gale.cli.work.AttentionWorkload;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.JobResult;
import dev.gale.cli.work.OutputFile;
import dev.gale.tasks.plan.Cost;
import dev.gale.validation.harness.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows for people: results on standard output, what went wrong on standard error. */
public final class TextReport {

  /** Below it a run is all launch and transfer, and its FLOP/s mean nothing. */
  private static final long LEAST_FLOP_FOR_A_SPEED = 1_000_000;

  private TextReport() {}

  /**
   * Prints rows.
   *
   * @param table one line a row, to compare devices; else a block a row
   */
  public static void print(List<Row> rows, boolean table, Surroundings surroundings) {
    if (table) {
      ComparisonTable.print(rows, surroundings.out());
    }
    boolean first = true;
    for (Row row : rows) {
      if (!table && row.outcome() instanceof Row.Computed computed) {
        if (!first) {
          surroundings.out().println();
        }
        block(row, computed.result(), surroundings.out());
        first = false;
      }
    }
    rows.stream()
        .map(TextReport::complaint)
        .filter(complaint -> !complaint.isEmpty())
        .distinct()
        .forEach(complaint -> surroundings.err().println("gale: " + complaint));
  }

  private static String complaint(Row row) {
    return switch (row.outcome()) {
      case Row.Failed failed -> failed.message();
      case Row.Computed computed -> {
        JobResult result = computed.result();
        Verdict wrong =
            result.verdict().passed() && result.weightsVerdict() != null
                ? result.weightsVerdict()
                : result.verdict();
        yield wrong.passed() ? "" : String.valueOf(wrong.complaint());
      }
    };
  }

  private static void block(Row row, JobResult result, PrintStream out) {
    Job job = row.job();
    out.println(job.workload().operator() + (job.title() == null ? "" : ": " + job.title()));
    line(
        out,
        "device",
        row.device() + " (" + result.device().description() + ", " + result.device().kind() + ")");
    line(out, "variant", result.variant() + " (" + result.reason() + ")");
    line(out, "shape", shape(job, result));
    line(out, "input", input(job));
    line(out, "verdict", verdict(result.verdict()));
    if (result.weightsVerdict() != null) {
      line(out, "", "weights " + verdict(result.weightsVerdict()));
    }
    if (result.passed()) {
      line(out, "time", time(Timing.of(result), result.cost()));
    }
    line(out, "proof", proof(result));
    if (result.passed()) {
      result.small().forEach((name, values) -> line(out, name, values(values)));
      for (OutputFile file : job.outputs()) {
        line(out, "written", file.name() + ": " + file.target());
      }
    }
  }

  private static void line(PrintStream out, String label, String text) {
    out.printf("  %-8s  %s%n", label, text);
  }

  static String shape(Job job, JobResult result) {
    String sizes =
        result.shape().entrySet().stream()
            .map(size -> size.getKey() + " " + size.getValue())
            .collect(Collectors.joining(", "));
    if (!(job.workload() instanceof AttentionWorkload attention)) {
      return sizes;
    }
    // What the harness names already is not named twice.
    Map<String, Object> named = result.shape();
    return sizes
        + (named.containsKey("scale") ? "" : ", scale " + attention.options().scale())
        + (attention.options().causal() && !named.containsKey("causal") ? ", causal" : "")
        + (attention.options().maskHeads() > 0 && !named.containsKey("maskHeads")
            ? ", mask over " + attention.options().maskHeads() + " heads"
            : "");
  }

  private static String input(Job job) {
    Stream<String> files =
        job.workload().files().stream().map(file -> file.name() + " " + file.shape());
    Stream<String> generated =
        job.workload().isGenerated()
            ? Stream.of("generated, seed " + job.workload().seed())
            : Stream.of();
    return Stream.concat(files, generated).collect(Collectors.joining(", "));
  }

  static String verdict(Verdict verdict) {
    return (verdict.passed() ? "passed" : "FAILED")
        + ": "
        + (verdict.elements() - verdict.outside())
        + " of "
        + verdict.elements()
        + " elements within bounds; max |error| "
        + Numbers.significant(verdict.maxError())
        + ", max bound ratio "
        + Numbers.significant(verdict.maxBoundRatio());
  }

  private static String time(Timing timing, Cost cost) {
    String speed =
        cost.flop() < LEAST_FLOP_FOR_A_SPEED
            ? ""
            : "; "
                + Numbers.significant(timing.gflops())
                + " GFLOP/s, "
                + Numbers.significant(timing.gigabytesPerSecond())
                + " GB/s";
    return "median "
        + Numbers.significant(timing.medianMillis())
        + " ms, min "
        + Numbers.significant(timing.minMillis())
        + " ms of "
        + timing.repeats()
        + (timing.repeats() == 1 ? " run" : " runs")
        + "; kernel "
        + Numbers.significant(timing.kernelMillis())
        + " ms"
        + speed;
  }

  private static String proof(JobResult result) {
    long least = result.runs().stream().mapToLong(run -> run.kernelNanos()).min().orElse(0);
    return "kernel time in each of "
        + result.runs().size()
        + " runs (least "
        + Numbers.significant(least / 1e6)
        + " ms), outputs NaN before each, tornado.recover.bailout "
        + result.bailout();
  }

  private static String values(float[] values) {
    StringBuilder text = new StringBuilder();
    for (float value : values) {
      text.append(text.isEmpty() ? "" : " ").append(value);
    }
    return text.toString();
  }
}
