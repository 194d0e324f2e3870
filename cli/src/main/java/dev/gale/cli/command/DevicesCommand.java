package dev.gale.cli.command;

import dev.gale.cli.common.ExitStatus;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.DeviceList;
import dev.gale.cli.process.Dispatcher;
import dev.gale.cli.report.DevicesReport;
import dev.gale.cli.report.ProgressDisplay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gale devices}. */
@Command(name = "devices", description = "List the devices and what each can do.")
public final class DevicesCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long a runtime may take to list its devices (default 60).")
  private int timeout = 60;

  @Option(
      names = "--json",
      description = "Print one JSON object on standard output and nothing else there.")
  private boolean json;

  public DevicesCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Checks.atLeast("--timeout", timeout, 1);
    DeviceList list;
    try (ProgressDisplay progress = new ProgressDisplay(surroundings, List.of())) {
      list = new Dispatcher(surroundings, null, Duration.ofSeconds(timeout), progress).devices();
    }
    if (json) {
      surroundings.out().println(DevicesReport.json(list));
    } else {
      DevicesReport.print(list, surroundings);
    }
    return list.failed() ? ExitStatus.DEVICE_FAILED : ExitStatus.DONE;
  }
}
