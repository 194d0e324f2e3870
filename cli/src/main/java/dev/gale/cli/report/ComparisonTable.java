package dev.gale.cli.report;

import dev.gale.cli.process.Row;
import dev.gale.cli.work.JobResult;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices side by side: for each job a table with one line a device. */
final class ComparisonTable {

  private ComparisonTable() {}

  static void print(List<Row> rows, PrintStream out) {
    Map<Object, Table> tables = new LinkedHashMap<>();
    Map<Object, String> titles = new LinkedHashMap<>();
    for (Row row : rows) {
      Table table = tables.computeIfAbsent(row.job(), _ -> head());
      titles.putIfAbsent(row.job(), row.job().workload().operator());
      switch (row.outcome()) {
        case Row.Computed computed -> {
          JobResult result = computed.result();
          titles.put(
              row.job(),
              row.job().workload().operator() + ": " + TextReport.shape(row.job(), result));
          add(table, row, result);
        }
        case Row.Failed _ -> table.row(row.device(), "-", "no result");
      }
    }
    boolean first = true;
    for (Map.Entry<Object, Table> entry : tables.entrySet()) {
      if (!first) {
        out.println();
      }
      out.println(titles.get(entry.getKey()));
      entry.getValue().lines().forEach(out::println);
      first = false;
    }
  }

  private static Table head() {
    return new Table(
        "DEVICE",
        "VARIANT",
        "VERDICT",
        "ELEMENTS",
        "MAX ERROR",
        "BOUND RATIO",
        "MEDIAN ms",
        "MIN ms",
        "KERNEL ms",
        "GFLOP/s");
  }

  private static void add(Table table, Row row, JobResult result) {
    String elements = Long.toString(result.verdict().elements());
    String error = Numbers.significant(result.verdict().maxError());
    String ratio = Numbers.significant(result.verdict().maxBoundRatio());
    if (!result.passed()) {
      table.row(row.device(), result.variant(), "FAILED", elements, error, ratio, "-");
      return;
    }
    Timing timing = Timing.of(result);
    table.row(
        row.device(),
        result.variant(),
        "passed",
        elements,
        error,
        ratio,
        Numbers.significant(timing.medianMillis()),
        Numbers.significant(timing.minMillis()),
        Numbers.significant(timing.kernelMillis()),
        Numbers.significant(timing.gflops()));
  }
}
