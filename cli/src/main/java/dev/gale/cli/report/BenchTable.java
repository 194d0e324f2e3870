package dev.gale.cli.report;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.race.Ceilings;
import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.race.Outcome;
import dev.gale.benchmarks.statistics.MedianInterval;
import dev.gale.cli.bench.Machine;
import dev.gale.cli.bench.RaceResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Races for people: a table each, with one line a contestant; below it who is absent, and what was wrong. */
public final class BenchTable {

  private static final double NANOS_PER_MILLI = 1e6;

  private BenchTable() {}

  /** The machine and what it can do. */
  public static void print(Machine machine, PrintStream out) {
    out.println(
        machine.processor()
            + ", "
            + machine.cores()
            + " cores; "
            + machine.system()
            + "; "
            + machine.jvm());
    for (Ceilings ceilings : machine.ceilings()) {
      List<String> rates = new ArrayList<>();
      for (CeilingKind kind : CeilingKind.values()) {
        MedianInterval rate = ceilings.rates().get(kind);
        if (rate != null) {
          rates.add(kind.id() + " " + Numbers.significant(rate.median()) + " " + kind.unit());
        }
      }
      out.println("ceilings, " + threads(ceilings.threads()) + ": " + String.join(", ", rates));
    }
    if (machine.loadAverage() > 0.5) {
      out.println(
          "load average "
              + Numbers.significant(machine.loadAverage())
              + ": the machine is not idle, these figures are worth little");
    }
  }

  /** A race. */
  public static void print(RaceResult result, PrintStream out) {
    out.println();
    out.println(
        result.work().operator()
            + " "
            + result.work().shape()
            + ", "
            + threads(result.threads())
            + "; ceiling "
            + result.limit().id()
            + " "
            + Numbers.significant(result.ceilingRate())
            + " "
            + result.limit().unit());
    Table table =
        new Table(
            "CONTESTANT",
            "VERSION",
            "VERDICT",
            "MEDIAN ms",
            "INTERVAL ms",
            result.limit().unit(),
            "OF CEILING",
            "x BEST PEER",
            "KERNEL ms",
            "COPY ms",
            "COLD ms",
            "CORES",
            "SAMPLES");
    List<String> remarks = new ArrayList<>();
    Map<String, List<String>> absentees = new LinkedHashMap<>();
    for (Map.Entry<Entrant, Outcome> entry : result.outcomes().entrySet()) {
      String label = entry.getKey().label();
      switch (entry.getValue()) {
        case Outcome.Measured measured -> add(table, label, result, measured);
        case Outcome.Wrong wrong -> {
          table.row(label, wrong.opened().variant(), "FAILED", "-");
          remarks.add(label + ": " + wrong.judgement().verdict().complaint());
        }
        case Outcome.Failed failed -> {
          table.row(label, "-", "no result");
          remarks.add(label + ": " + failed.message());
        }
        case Outcome.Absent absent ->
            absentees.computeIfAbsent(absent.reason(), _ -> new ArrayList<>()).add(label);
      }
    }
    table.lines().forEach(out::println);
    remarks.forEach(out::println);
    absentees.forEach(
        (reason, labels) ->
            out.println("absent: " + String.join(", ", labels) + " (" + reason + ")"));
  }

  private static void add(Table table, String label, RaceResult result, Outcome.Measured measured) {
    MedianInterval nanos = measured.nanosPerCall();
    table.row(
        label,
        measured.opened().variant(),
        "passed, " + measured.judgement().coverage(),
        millis(nanos.median()),
        millis(nanos.low()) + " - " + millis(nanos.high()),
        Numbers.significant(result.rate(measured)),
        String.format(Locale.ROOT, "%.0f%%", 100 * result.fraction(measured)),
        orNothing(result.timesBestPeer(measured)),
        millis(measured.kernelNanosPerCall()),
        millis(measured.copyInNanosPerCall() + measured.copyOutNanosPerCall()),
        millis((double) measured.opened().wallNanos()),
        Numbers.significant(measured.cores()),
        nanos.samples() + " x " + measured.callsPerSample());
  }

  private static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }

  private static String millis(double nanos) {
    return orNothing(nanos / NANOS_PER_MILLI);
  }

  private static String orNothing(double value) {
    return Double.isNaN(value) ? "-" : Numbers.significant(value);
  }
}
