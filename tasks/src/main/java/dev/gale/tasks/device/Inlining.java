package dev.gale.tasks.device;

import org.jspecify.annotations.Nullable;

/**
 * Bounds on what TornadoVM's compiler inlines, which the larger kernels exceed. What is not inlined becomes a function that knows nothing of
 * sizes: a kernel of two such functions was a third slower on PoCL, and one crashed there.
 */
final class Inlining {

  /** TornadoVM's: no helper is too large. It is read once, when the runtime starts. */
  private static final String WHOLE = "tornado.compiler.fullInlining";

  /** That of the Graal compiler, which TornadoVM is built on: it gives up after 1000 steps. It is read when the JVM starts, and only then. */
  private static final String LIMIT = "jdk.graal.MethodInlineBailoutLimit";

  private Inlining() {}

  /** Lifts TornadoVM's bound, unless the JVM was started with a value for it. */
  static void allowAll() {
    if (System.getProperty(WHOLE) == null) {
      System.setProperty(WHOLE, "True");
    }
  }

  /**
   * Sees to it that Graal's bound is lifted too.
   *
   * @throws IllegalStateException if the JVM was started with it
   */
  static void requireNoLimit() {
    requireNoLimit(System.getProperty(LIMIT));
  }

  static void requireNoLimit(@Nullable String value) {
    if (!"0".equals(value)) {
      throw new IllegalStateException(
          LIMIT
              + ": "
              + (value == null ? "not set" : value)
              + ", expected 0: TornadoVM's compiler would leave parts of Gale's kernels out of line, which makes them slow or wrong;"
              + " start the JVM with -D"
              + LIMIT
              + "=0");
    }
  }
}
