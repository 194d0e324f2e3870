package dev.gale.benchmarks.race;

/** A contestant that failed: an error, a crash, no answer in time. The message is one line. */
public final class RunnerFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  public RunnerFailedException(String message) {
    super(message);
  }

  public RunnerFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
