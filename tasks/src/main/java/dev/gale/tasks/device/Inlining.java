package dev.gale.tasks.device;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Bounds on what TornadoVM's compiler inlines, which the larger kernels exceed. What is not inlined is refused, or becomes a function that knows nothing of
 * sizes: a kernel of two such functions was a third slower on PoCL, and one crashed there. Both bounds go for all kernels of the JVM.
 */
final class Inlining {

  /** TornadoVM's: whether no helper is too large. It is read once, when the runtime starts. */
  static final String WHOLE = "tornado.compiler.fullInlining";

  /** That of the Graal compiler, which TornadoVM is built on: it gives up after so many steps, 1000 unless told otherwise. It is read when the JVM starts. */
  private static final String LIMIT = "jdk.graal.MethodInlineBailoutLimit";

  /** Gale's largest kernels take some 1500. Without any limit, a kernel that recurses is inlined for ever. */
  private static final int STEPS = 10_000;

  private Inlining() {}

  /**
   * Lifts TornadoVM's bound where nothing is said of it.
   *
   * @throws IllegalStateException if the JVM was started with it
   */
  static void allowAll() {
    String value = System.getProperty(WHOLE);
    if (value == null) {
      System.setProperty(WHOLE, "True");
    } else if (!value.equalsIgnoreCase("true")) {
      throw new IllegalStateException(
          WHOLE
              + ": "
              + value
              + ", expected True: TornadoVM would refuse kernels whose parts are large; start the JVM with -D"
              + WHOLE
              + "=True");
    }
  }

  /**
   * Sees to it that Graal's bound is far too.
   *
   * @throws IllegalStateException if the JVM was not started so: a property that was set later has no effect
   */
  static void requireNoLimit() {
    requireNoLimit(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static void requireNoLimit(List<String> arguments) {
    String flag = "-D" + LIMIT + "=";
    String given =
        arguments.stream()
            .filter(argument -> argument.startsWith(flag))
            .reduce("not set", (first, second) -> second);
    if (!given.equals(flag + STEPS)) {
      throw new IllegalStateException(
          LIMIT
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
