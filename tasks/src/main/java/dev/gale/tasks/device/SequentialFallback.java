package dev.gale.tasks.device;

/**
 * TornadoVM's habit of running a kernel that failed to compile or to launch as sequential Java, and of reporting
 * success. Gale never works so: a failure is an exception.
 */
final class SequentialFallback {

  private static final String PROPERTY = "tornado.recover.bailout";

  private SequentialFallback() {}

  /**
   * Turns the fallback off where nothing is said of it. TornadoVM reads the property once, when its runtime starts, so
   * this comes before the first call of the runtime.
   *
   * @throws IllegalStateException if the JVM was started with the fallback on
   */
  static void turnOff() {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      System.setProperty(PROPERTY, "False");
    } else if (!value.equalsIgnoreCase("false")) {
      throw new IllegalStateException(
          PROPERTY
              + ": "
              + value
              + ", expected False: a kernel that fails would run as sequential Java and be reported as done;"
              + " start the JVM with -D"
              + PROPERTY
              + "=False");
    }
  }
}
