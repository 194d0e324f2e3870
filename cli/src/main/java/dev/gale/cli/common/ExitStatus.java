package dev.gale.cli.common;

/** The exit statuses of {@code gale}. */
public final class ExitStatus {

  /** Done and validated. */
  public static final int DONE = 0;

  /** A result is outside its bound. */
  public static final int OUTSIDE_BOUND = 1;

  /** The request is wrong: usage, shape or file. */
  public static final int BAD_REQUEST = 2;

  /** A device is missing or failed. */
  public static final int DEVICE_FAILED = 3;

  private ExitStatus() {}
}
