package dev.gale.host.exec;

/** What a kernel threw, carried from a worker thread to the thread that started the task graph. */
public final class KernelFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Wraps what was thrown.
   *
   * @param cause what the kernel threw
   */
  KernelFailure(Throwable cause) {
    super(cause);
  }

  /** What the kernel threw. */
  public Throwable thrown() {
    Throwable cause = getCause();
    return cause == null ? this : cause;
  }
}
