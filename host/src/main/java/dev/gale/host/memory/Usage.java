package dev.gale.host.memory;

/**
 * How a graph uses one object.
 *
 * @param in when it is copied to the device
 * @param out when it is copied to the host
 * @param read whether a task reads it
 * @param written whether a task writes it
 * @param overwritten whether the first task that uses it only writes it
 */
public record Usage(In in, Out out, boolean read, boolean written, boolean overwritten) {

  /** When an object is copied to the device. */
  public enum In {
    /** The program does not say. */
    UNDECLARED,
    /** Once. */
    FIRST_EXECUTION,
    /** At each execution. */
    EVERY_EXECUTION,
    /** Memory is set aside, nothing is copied. */
    UNDER_DEMAND,
    /** Another graph has left it on the device. */
    CONSUMED
  }

  /** When an object is copied to the host. */
  public enum Out {
    /** Never. */
    UNDECLARED,
    /** At the end of each execution. */
    EVERY_EXECUTION,
    /** When the program asks. */
    UNDER_DEMAND
  }

  /** Whether the program could not tell a copy on the device from the host's object. */
  boolean sharingCanNotBeSeen() {
    boolean sameBefore = in == In.EVERY_EXECUTION || (!read && in != In.CONSUMED);
    boolean sameAfter = out == Out.EVERY_EXECUTION || (!written && out != Out.UNDER_DEMAND);
    return sameBefore && sameAfter;
  }

  /** Whether the host's contents must be on the device before the first execution. */
  boolean needsContentsAtFirst() {
    return switch (in) {
      case FIRST_EXECUTION, EVERY_EXECUTION -> true;
      // As TornadoVM does: what a kernel reads and nobody has transferred is copied once.
      case UNDECLARED -> read && !overwritten;
      case UNDER_DEMAND, CONSUMED -> false;
    };
  }
}
