package dev.gale.validation.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.validation.harness.Expected;
import dev.gale.validation.harness.Judge;
import dev.gale.validation.harness.Trial;
import dev.gale.validation.harness.Verdict;

/** Assertions on what two cases must have in common. */
final class Same {

  private Same() {}

  /**
   * A case's output is what another case's must be. The bounds are those of the case that ran: they depend on the order
   * of its keys.
   */
  static void asReference(Trial ran, Expected ofOther, Expected ofThis) {
    within(ran, new Expected(ofThis.name(), ofThis.dims(), ofOther.reference(), ofThis.bounds()));
  }

  /** A case ran, and its output is as expected. */
  static void within(Trial ran, Expected expected) {
    assertThat(ran.verdict().complaint()).isNull();
    Verdict verdict = Judge.judge(ran.variant(), expected, ran.outputs().get(expected.name()));
    assertThat(verdict.passed()).as(verdict.complaint()).isTrue();
  }
}
