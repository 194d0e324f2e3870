package dev.gale.cli.command;

import dev.gale.cli.common.ExitStatus;
import dev.gale.cli.common.GaleException;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.DeviceChoice;
import dev.gale.cli.process.Dispatcher;
import dev.gale.cli.process.Row;
import dev.gale.cli.report.JsonReport;
import dev.gale.cli.report.ProgressDisplay;
import dev.gale.cli.report.TextReport;
import dev.gale.cli.work.Job;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gale run}: an operator, or without one the demonstration. */
@Command(
    name = "run",
    description = {
      "Run an operator on a device, validate every element of the result, and time it.",
      "Without an operator: the demonstration, attention on the samples and on a large generated input."
    })
public final class RunCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final RunOptions options = new RunOptions();

  public RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (Samples samples = new Samples()) {
      List<Job> jobs = new Demonstration(options, samples).jobs();
      List<Row> rows = dispatch(jobs);
      report(rows, true);
      return status(rows);
    }
  }

  RunOptions options() {
    return options;
  }

  /** Runs one job, keeps its outputs if the result is right, and reports. */
  int execute(Job job, Outputs outputs) {
    boolean all = options.device instanceof DeviceChoice.All;
    if (all && !job.outputs().isEmpty()) {
      throw GaleException.badRequest(
          "--device all: not with an output file, which only one device can write");
    }
    List<Row> rows = dispatch(List.of(job));
    int status = status(rows);
    if (status == ExitStatus.DONE) {
      outputs.commit();
    }
    report(rows, all);
    return status;
  }

  private List<Row> dispatch(List<Job> jobs) {
    options.check();
    try (ProgressDisplay progress = new ProgressDisplay(surroundings, jobs)) {
      return new Dispatcher(surroundings, options.threads, options.limit(), progress)
          .run(options.device, jobs);
    }
  }

  private void report(List<Row> rows, boolean several) {
    if (options.json) {
      surroundings.out().println(several ? JsonReport.all(rows) : JsonReport.one(rows.getFirst()));
    } else {
      TextReport.print(rows, options.device instanceof DeviceChoice.All, surroundings);
    }
  }

  /** The gravest of the rows: a wrong result, then a failed device, then a request that a device can't meet. */
  private static int status(List<Row> rows) {
    int status = ExitStatus.DONE;
    for (Row row : rows) {
      int found =
          switch (row.outcome()) {
            case Row.Computed computed ->
                computed.result().passed() ? ExitStatus.DONE : ExitStatus.OUTSIDE_BOUND;
            case Row.Failed failed -> failed.status();
          };
      status = gravity(found) > gravity(status) ? found : status;
    }
    return status;
  }

  private static int gravity(int status) {
    return switch (status) {
      case ExitStatus.DONE -> 0;
      case ExitStatus.BAD_REQUEST -> 1;
      case ExitStatus.DEVICE_FAILED -> 2;
      default -> 3;
    };
  }
}
