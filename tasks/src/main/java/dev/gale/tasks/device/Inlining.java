package dev.gale.tasks.device;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The bound on what the Graal compiler, which TornadoVM is built on, inlines: it gives up after 1000 steps, where Gale's largest kernels take some 1500. What is left
 * then is refused, or becomes a function that knows nothing of sizes: a kernel of two such functions was a third slower on PoCL, and one crashed there.
 */
final class Inlining {

  /** Graal reads it when the JVM starts, and only then. */
  private static final String NAME = "jdk.graal.MethodInlineBailoutLimit";

  private static final String STEPS = "10000";

  private Inlining() {}

  /**
   * Sees to it that the bound is far.
   *
   * @throws IllegalStateException if the JVM was not started so
   */
  static void requireFarBound() {
    requireFarBound(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static void requireFarBound(List<String> arguments) {
    String flag = "-D" + NAME + "=";
    String given =
        arguments.stream()
            .filter(argument -> argument.startsWith(flag))
            .reduce("not set", (first, second) -> second);
    if (!given.equals(flag + STEPS)) {
      throw new IllegalStateException(
          NAME
              + ": "
              + given.replace(flag, "")
              + ", expected "
              + STEPS
              + ": TornadoVM's compiler would leave parts of Gale's kernels out of line, which makes them slow or wrong;"
              + " start the JVM with "
              + flag
              + STEPS);
    }
  }
}
