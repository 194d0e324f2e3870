package dev.gale.cli.process;

import dev.gale.cli.common.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The TornadoVM runtime that a worker's JVM is started with. */
sealed interface WorkerRuntime {

  /** What it is called in messages. */
  String name();

  /** Flags and class path of its JVM. */
  List<String> jvmArguments() throws WorkerFailedException;

  /** The JVM device. */
  record Host() implements WorkerRuntime {
    @Override
    public String name() {
      return "the JVM device";
    }

    @Override
    public List<String> jvmArguments() {
      List<String> arguments = new ArrayList<>(JvmFlags.host());
      arguments.addAll(JvmFlags.all());
      arguments.addAll(List.of("-cp", ClassPath.withHost()));
      return arguments;
    }
  }

  /**
   * An SDK's own runtime.
   *
   * @param sdk the SDK
   * @param surroundings where its flags are kept
   */
  record Tornado(Sdk.Installed sdk, Surroundings surroundings) implements WorkerRuntime {
    @Override
    public String name() {
      return "TornadoVM at " + sdk.home();
    }

    @Override
    public List<String> jvmArguments() throws WorkerFailedException {
      List<String> arguments =
          new ArrayList<>(SdkFlags.of(sdk, Path.of(System.getProperty("java.home")), surroundings));
      arguments.addAll(JvmFlags.all());
      arguments.addAll(List.of("-cp", ClassPath.withoutHost()));
      return arguments;
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
