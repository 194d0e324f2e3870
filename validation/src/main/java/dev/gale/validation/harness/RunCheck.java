package dev.gale.validation.harness;

import org.jspecify.annotations.Nullable;

/** Something that must be so after each run, beside the outputs. */
interface RunCheck {

  /**
   * What is wrong, or null.
   *
   * @param where what ran where, the beginning of a complaint
   */
  @Nullable String complaint(String where);
}
