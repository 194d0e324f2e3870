package dev.gale.validation.harness;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A guarded buffer of which is known beforehand what it must hold.
 *
 * @param guarded the buffer
 * @param expected what it must hold
 */
record GuardedOutput(GuardedBuffer guarded, Expected expected) {

  /** One with a buffer of its own. */
  GuardedOutput(Expected expected) {
    this(new GuardedBuffer(expected.name(), expected.elements()), expected);
  }

  FloatArray buffer() {
    return guarded.buffer();
  }

  String name() {
    return guarded.name();
  }

  void prepare() {
    guarded.prepare();
  }

  /** Judges what the run left. */
  Verdict judge(String where) {
    return guarded.judge(where, expected);
  }

  /** The result without its guard. */
  FloatArray result() {
    return guarded.result();
  }
}
