package dev.gale.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of the command in this JVM; its workers are processes as ever.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
public record GaleRun(int status, String out, String err) {

  /** Runs on a machine without an SDK. */
  public static GaleRun without(Path home, String... args) {
    return run(home, Map.of(), args);
  }

  /** Runs with an SDK named by TORNADOVM_HOME. */
  public static GaleRun with(Path sdk, Path home, String... args) {
    return run(home, Map.of("TORNADOVM_HOME", sdk.toString()), args);
  }

  private static GaleRun run(Path home, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Gale.run(
            new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new HashMap<>(environment),
                home,
                false),
            args);
    return new GaleRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines of standard error that are complaints. */
  public List<String> complaints() {
    return err.lines().filter(line -> line.startsWith("gale: ")).toList();
  }
}
