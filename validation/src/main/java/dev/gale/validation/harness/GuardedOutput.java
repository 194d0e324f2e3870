package dev.gale.validation.harness;

/** A guarded buffer of which is known beforehand what it must hold. */
final class GuardedOutput extends GuardedBuffer {

  private final Expected expected;

  GuardedOutput(Expected expected) {
    super(expected.name(), expected.elements());
    this.expected = expected;
  }

  Expected expected() {
    return expected;
  }

  /** Judges what the run left. */
  Verdict judge(String where) {
    return judge(where, expected);
  }
}
