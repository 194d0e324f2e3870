package dev.gale.cli.process;

/** A worker could not be started. */
final class WorkerFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  WorkerFailedException(String message) {
    super(message);
  }

  WorkerFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
