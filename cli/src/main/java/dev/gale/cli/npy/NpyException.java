package dev.gale.cli.npy;

/** A file is not the {@code .npy} that was asked for; the message says what it is and what was expected. */
public final class NpyException extends Exception {

  private static final long serialVersionUID = 1L;

  public NpyException(String message) {
    super(message);
  }

  public NpyException(String message, Throwable cause) {
    super(message, cause);
  }
}
