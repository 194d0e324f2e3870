package dev.gale.benchmarks.race;

import dev.gale.validation.harness.Verdict;

/**
 * Whether a result is right.
 *
 * @param verdict of what was looked at
 * @param coverage what that was, as in {@code all rows}
 */
public record Judgement(Verdict verdict, String coverage) {}
