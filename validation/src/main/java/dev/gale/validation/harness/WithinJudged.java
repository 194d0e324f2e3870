package dev.gale.validation.harness;

import org.jspecify.annotations.Nullable;

/**
 * An output that must be within bounds that follow from a run that was judged more closely.
 *
 * @param output the output
 * @param expected what it must be, given what that run computed on the way
 */
record WithinJudged(GuardedOutput output, Expected expected) implements RunCheck {

  @Override
  public @Nullable String complaint(String where) {
    return Judge.judge(where + ", given what was judged step by step", expected, output.buffer())
        .complaint();
  }
}
