package dev.gale.cli.common;

/** Ends the command with an exit status and one line that says why. */
public final class GaleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private GaleException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The request is wrong. */
  public static GaleException badRequest(String message) {
    return new GaleException(ExitStatus.BAD_REQUEST, message);
  }

  /** A device is missing or failed. */
  public static GaleException deviceFailed(String message) {
    return new GaleException(ExitStatus.DEVICE_FAILED, message);
  }

  public int status() {
    return status;
  }
}
