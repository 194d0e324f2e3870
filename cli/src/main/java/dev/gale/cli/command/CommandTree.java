package dev.gale.cli.command;

import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.JvmFlags;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.tasks.softmax.SoftmaxVariants;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The commands of {@code gale}. */
public final class CommandTree {

  private static final int HELP_WIDTH = 100;

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
        "Exit status:",
        "  0  done and validated",
        "  1  a result is outside its bound",
        "  2  the request is wrong",
        "  3  a device is missing or failed"
      })
  static final class Root {}

  /** The whole command line, writing to the given surroundings. */
  public static CommandLine build(Surroundings surroundings) {
    RunCommand run = new RunCommand(surroundings);
    CommandLine runLine = new CommandLine(run);
    runLine.addSubcommand(withVariants(new AttentionCommand(run), AttentionVariants.catalogue()));
    runLine.addSubcommand(withVariants(new MatmulCommand(run), MatmulVariants.catalogue()));
    runLine.addSubcommand(withVariants(new SoftmaxCommand(run), SoftmaxVariants.catalogue()));
    runLine.addSubcommand(new MultiHeadCommand(run));
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand(new DevicesCommand(surroundings));
    root.addSubcommand(runLine);
    root.addSubcommand(new BenchCommand(surroundings));
    root.addSubcommand(new TuneCommand(surroundings));
    root.addSubcommand(new HelpCommand());
    root.getCommandSpec().version("gale " + JvmFlags.version());
    helpEverywhere(root);
    root.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    root.setUsageHelpWidth(HELP_WIDTH);
    return root;
  }

  /** A command whose help names the variants of its operator. */
  private static CommandLine withVariants(Object command, VariantCatalogue<?> catalogue) {
    CommandLine line = new CommandLine(command);
    String names = catalogue.all().stream().map(Variant::id).collect(Collectors.joining(", "));
    line.getCommandSpec().usageMessage().footer("", "Variants: " + names);
    return line;
  }

  private static void helpEverywhere(CommandLine command) {
    for (CommandLine sub : command.getSubcommands().values()) {
      if (!(sub.getCommand() instanceof HelpCommand)) {
        sub.getCommandSpec().mixinStandardHelpOptions(true);
        sub.getCommandSpec().usageMessage().abbreviateSynopsis(true).sortOptions(false);
        helpEverywhere(sub);
      }
    }
  }
}
