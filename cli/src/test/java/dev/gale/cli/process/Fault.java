package dev.gale.cli.process;

/** What a {@link FakeSdk} does wrong. */
public enum Fault {
  NONE,
  NO_DEVICE,
  THROW_WHEN_LISTING,
  CRASH_WHEN_LISTING,
  HANG_WHEN_LISTING,
  CRASH_WHEN_RUNNING,
  HANG_WHEN_RUNNING,
  /** Its kernel of the plain matmul leaves out the last column. */
  WRONG_RESULT
}
