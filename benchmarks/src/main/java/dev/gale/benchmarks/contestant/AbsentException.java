package dev.gale.benchmarks.contestant;

/** A contestant that does not take part; the message says why. That is no failure. */
public final class AbsentException extends Exception {

  private static final long serialVersionUID = 1L;

  public AbsentException(String reason) {
    super(reason);
  }
}
