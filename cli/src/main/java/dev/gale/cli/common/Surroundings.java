package dev.gale.cli.common;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command sees of the machine.
 *
 * @param out for results
 * @param err for progress and complaints
 * @param environment environment variables
 * @param home the user's home directory
 * @param terminal whether {@code err} is a terminal, so that a progress bar can be drawn
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path home,
    boolean terminal) {

  /** Those of this process. tornado-env.sh says whether standard error is a terminal: Java can't tell. */
  public static Surroundings ofThisProcess() {
    // As the shell has it: Java takes the home directory from the user data base.
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    return new Surroundings(
        System.out,
        System.err,
        System.getenv(),
        Path.of(home),
        Boolean.getBoolean("gale.terminal"));
  }

  /** The directory for what can be found out again. */
  public Path cache() {
    String xdg = variable("XDG_CACHE_HOME");
    return (xdg == null ? home.resolve(".cache") : Path.of(xdg)).resolve("gale");
  }

  /** An environment variable that is set to something. */
  public @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
