package dev.gale.cli.process;

import dev.gale.benchmarks.peer.PeerThreads;
import dev.gale.cli.common.Surroundings;
import dev.gale.tasks.choice.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The TornadoVM runtime that a worker's JVM is started with. */
sealed interface WorkerRuntime {

  /** What it is called in messages. */
  String name();

  /** Flags and class path of its JVM. */
  List<String> jvmArguments() throws WorkerFailedException;

  /** Environment variables of its process, beside those of this one. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /**
   * The JVM device. It works on the arrays where they are: what is validated is seen to be right by guards around
   * outputs and seals on inputs, so that copies would show nothing more.
   *
   * @param surroundings where its tuning is kept
   * @param threads how many run kernels; null for one a core
   */
  record Host(Surroundings surroundings, @Nullable Integer threads) implements WorkerRuntime {
    @Override
    public String name() {
      return "the JVM device";
    }

    @Override
    public List<String> jvmArguments() {
      List<String> arguments = new ArrayList<>(JvmFlags.host());
      arguments.add("-Dgale.host.memory=unified");
      arguments.add(tuning(TuningDirectory.ofHost(surroundings)));
      if (threads != null) {
        arguments.add("-Dgale.host.threads=" + threads);
      }
      arguments.addAll(JvmFlags.all());
      arguments.addAll(List.of("-cp", ClassPath.withHost()));
      return arguments;
    }
  }

  /**
   * An SDK's own runtime.
   *
   * @param sdk the SDK
   * @param surroundings where its flags and its tuning are kept
   * @param threads how many a driver that computes on the processor may use, if it is PoCL; null for as many as it likes
   * @param limit how long its launcher may take
   */
  record Tornado(
      Sdk.Installed sdk, Surroundings surroundings, @Nullable Integer threads, Duration limit)
      implements WorkerRuntime {
    @Override
    public String name() {
      return "TornadoVM at " + sdk.home();
    }

    @Override
    public List<String> jvmArguments() throws WorkerFailedException {
      List<String> arguments =
          new ArrayList<>(
              SdkFlags.of(sdk, Path.of(System.getProperty("java.home")), surroundings, limit));
      arguments.add(tuning(TuningDirectory.ofSdk(surroundings, sdk)));
      arguments.addAll(JvmFlags.all());
      arguments.addAll(List.of("-cp", ClassPath.withoutHost()));
      return arguments;
    }

    @Override
    public Map<String, String> environment() {
      Map<String, String> variables =
          new HashMap<>(threads == null ? Map.of() : PeerThreads.openCl(threads));
      variables.put("TORNADOVM_HOME", sdk.home().toString());
      return variables;
    }
  }

  /**
   * None: for what needs TornadoVM's arrays and no device.
   *
   * @param name what it is called in messages
   * @param classPath class path of its JVM
   */
  record None(String name, String classPath) implements WorkerRuntime {
    @Override
    public List<String> jvmArguments() {
      List<String> arguments = new ArrayList<>(JvmFlags.all());
      arguments.addAll(List.of("-cp", classPath));
      return arguments;
    }
  }

  private static String tuning(Path directory) {
    return "-D" + Tuning.PROPERTY + "=" + directory;
  }

  /** The command line of a worker, run in a private directory. */
  default List<String> command(Path directory) throws WorkerFailedException {
    return command(directory, List.of(), "dev.gale.cli.worker.WorkerMain");
  }

  /** The command line of a process with other flags besides and another main class, which takes the directory too. */
  default List<String> command(Path directory, List<String> flags, String mainClass)
      throws WorkerFailedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments());
    command.addAll(flags);
    // A crash leaves its report in the private directory, not where the user happens to be.
    command.add("-XX:ErrorFile=" + directory.resolve(CrashReport.FILE));
    command.add("-XX:-CreateCoredumpOnCrash");
    // References are arrays of doubles on the heap; a quarter of the memory, the JVM's own choice,
    // is tight for them.
    command.add("-XX:MaxRAMPercentage=50");
    command.add("-Djava.awt.headless=true");
    command.add(mainClass);
    command.add(directory.toString());
    return command;
  }
}
