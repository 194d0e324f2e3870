package dev.gale.validation.harness;

import org.jspecify.annotations.Nullable;

/**
 * The judgement of one or more outputs against their references and bounds.
 *
 * @param elements elements judged
 * @param outside elements whose error is not within its bound
 * @param maxError the largest |error|
 * @param maxBoundRatio the largest |error| / bound; NaN where an element is NaN and should not be
 * @param complaint the first thing found wrong, in words with index, value, reference, error and bound; null if nothing
 *     is
 */
public record Verdict(
    long elements,
    long outside,
    double maxError,
    double maxBoundRatio,
    @Nullable String complaint) {

  /** Whether every element is right, none was left unwritten and nothing outside was written. */
  public boolean passed() {
    return complaint == null && outside == 0;
  }
}
