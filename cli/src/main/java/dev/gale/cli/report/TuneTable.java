package dev.gale.cli.report;

import dev.gale.benchmarks.race.Outcome;
import dev.gale.cli.tune.Tuned;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What tuning found, for people: a line for each class of shapes, what was wrong below. */
public final class TuneTable {

  private static final double NANOS_PER_MILLI = 1e6;

  private TuneTable() {}

  /** A device's. */
  public static void print(String device, List<Tuned> results, PrintStream out) {
    Table table = new Table("SHAPES", "MEASURED", "CHOICE", "UNTUNED", "MEDIAN ms");
    List<String> remarks = new ArrayList<>();
    for (Tuned tuned : results) {
      String choice = tuned.choice();
      table.row(
          tuned.shapes().id(),
          tuned.work().operator() + " " + tuned.work().shape(),
          choice == null ? "-" : choice,
          tuned.untuned(),
          times(tuned));
      tuned.outcomes().forEach((variant, outcome) -> remark(tuned, variant, outcome, remarks));
    }
    out.println(device);
    table.lines().forEach(out::println);
    remarks.forEach(out::println);
  }

  private static String times(Tuned tuned) {
    List<String> times = new ArrayList<>();
    for (Map.Entry<String, Outcome> entry : tuned.outcomes().entrySet()) {
      if (entry.getValue() instanceof Outcome.Measured measured) {
        times.add(
            entry.getKey()
                + " "
                + Numbers.significant(measured.nanosPerCall().median() / NANOS_PER_MILLI));
      }
    }
    return String.join(", ", times);
  }

  private static void remark(Tuned tuned, String variant, Outcome outcome, List<String> remarks) {
    String name = tuned.shapes().id() + ", " + variant + ": ";
    switch (outcome) {
      case Outcome.Measured _, Outcome.Absent _ -> {}
      case Outcome.Wrong wrong -> remarks.add(name + wrong.judgement().verdict().complaint());
      case Outcome.Failed failed -> remarks.add(name + failed.message());
    }
  }
}
