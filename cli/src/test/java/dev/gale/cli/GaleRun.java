package dev.gale.cli;

import dev.gale.cli.common.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of the command in this JVM; its workers are processes as ever.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
public record GaleRun(int status, String out, String err) {

  private static final Pattern LOG = Pattern.compile("log: (\\S+)/worker\\.log");

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
    GaleRun run =
        new GaleRun(
            status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    run.deleteLogs();
    return run;
  }

  /** Logs of workers that failed are kept for people; a test has read what it wants. */
  private void deleteLogs() {
    Matcher log = LOG.matcher(out + err);
    while (log.find()) {
      File[] files = new File(log.group(1)).listFiles();
      for (File file : files == null ? new File[0] : files) {
        file.delete();
      }
      new File(log.group(1)).delete();
    }
  }

  /** The lines of standard error that are complaints. */
  public List<String> complaints() {
    return err.lines().filter(line -> line.startsWith("gale: ")).toList();
  }
}
