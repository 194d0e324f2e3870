package dev.gale.cli;

import dev.gale.cli.command.CommandTree;
import dev.gale.cli.common.ExitStatus;
import dev.gale.cli.common.GaleException;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.report.JsonReport;
import java.util.Arrays;
import picocli.CommandLine;

/** The {@code gale} command. */
public final class Gale {

  private Gale() {}

  public static void main(String[] args) {
    System.exit(run(Surroundings.ofThisProcess(), args));
  }

  /** Runs the command and returns its exit status. */
  public static int run(Surroundings surroundings, String... args) {
    CommandLine commandLine = CommandTree.build(surroundings);
    commandLine.setParameterExceptionHandler(
        (wrong, rest) -> {
          String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
          return complain(
              surroundings,
              args,
              ExitStatus.BAD_REQUEST,
              oneLine(wrong.getMessage()) + " (see " + command + " --help)");
        });
    commandLine.setExecutionExceptionHandler(
        (failure, failed, rest) -> {
          if (failure instanceof GaleException known) {
            return complain(surroundings, args, known.status(), oneLine(known.getMessage()));
          }
          return internalError(surroundings, args, failure);
        });
    try {
      return commandLine.execute(args);
    } catch (Error failure) {
      // picocli hands on exceptions only; an Error would end the JVM with status 1, a wrong
      // result's.
      return internalError(surroundings, args, failure);
    }
  }

  private static int internalError(Surroundings surroundings, String[] args, Throwable failure) {
    String cause = failure.getClass().getSimpleName() + ": " + oneLine(failure.getMessage());
    return complain(surroundings, args, ExitStatus.DEVICE_FAILED, "internal error: " + cause);
  }

  private static int complain(
      Surroundings surroundings, String[] args, int status, String message) {
    surroundings.err().println("gale: " + message);
    if (Arrays.asList(args).contains("--json")) {
      surroundings.out().println(JsonReport.error(status, message));
    }
    return status;
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return String.valueOf(message).strip().replaceAll("\\s+", " ");
  }
}
