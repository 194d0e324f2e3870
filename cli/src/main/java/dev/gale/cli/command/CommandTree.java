package dev.gale.cli.command;

import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.JvmFlags;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The commands of {@code gale}. */
public final class CommandTree {

  private CommandTree() {}

  /** {@code gale} itself. */
  @Command(
      name = "gale",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      description =
          "Attention kernels in Java, run by TornadoVM on any device, and proven right on each.",
      footer = {
        "",
        "Exit status: 0 done and validated; 1 a result is outside its bound; 2 the request is wrong;",
        "3 a device is missing or failed."
      })
  static final class Root {}

  /** The whole command line, writing to the given surroundings. */
  public static CommandLine build(Surroundings surroundings) {
    RunCommand run = new RunCommand(surroundings);
    CommandLine runLine = new CommandLine(run);
    runLine.addSubcommand(new AttentionCommand(run));
    runLine.addSubcommand(new MatmulCommand(run));
    runLine.addSubcommand(new SoftmaxCommand(run));
    runLine.addSubcommand(new MultiHeadCommand(run));
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand(new DevicesCommand(surroundings));
    root.addSubcommand(runLine);
    root.addSubcommand(new BenchCommand(surroundings));
    root.addSubcommand(new HelpCommand());
    root.getCommandSpec().version("gale " + JvmFlags.version());
    helpEverywhere(root);
    root.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    root.setUsageHelpAutoWidth(false);
    return root;
  }

  private static void helpEverywhere(CommandLine command) {
    for (CommandLine sub : command.getSubcommands().values()) {
      if (!(sub.getCommand() instanceof HelpCommand)) {
        sub.getCommandSpec().mixinStandardHelpOptions(true);
        helpEverywhere(sub);
      }
    }
  }
}
