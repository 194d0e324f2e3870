package dev.gale.tasks.device;

/**
 * An optimisation of TornadoVM's compiler: it decides conditions that follow from others and leaves them in the graph as
 * constants, on which its code generation then fails ("logic node (class=...LogicConstantNode)"). Whether that happens
 * hangs on the sizes, which are constants of the code. It is off unless the JVM was started with a value of its own.
 */
final class FixReads {

  private static final String PROPERTY = "tornado.enable.fix.reads";

  private FixReads() {}

  /** Turns it off. TornadoVM reads the property once, so this comes before the first call of the runtime. */
  static void turnOff() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, "False");
    }
  }
}
