package dev.gale.validation.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.validation.harness.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * For each kernel: its twin without a fault passes all cases, each of its twins with a fault fails one.
 *
 * @param <V> variants
 * @param <C> cases
 * @param variants the variants' interface
 * @param twins makes the twins
 * @param cases to try twins on
 * @param run runs a case
 */
record FaultTests<V extends Variant, C>(
    Class<V> variants, Twins twins, List<C> cases, BiFunction<V, C, Trial> run) {

  /** Twins that a kernel has at least. */
  private static final int LEAST = 5;

  Stream<DynamicContainer> of(VariantCatalogue<V> catalogue, List<Subject> subjects) {
    assertThat(subjects)
        .extracting(Subject::id)
        .as("kernels with twins")
        .containsExactlyInAnyOrderElementsOf(catalogue.all().stream().map(Variant::id).toList());
    for (Subject subject : subjects) {
      assertThat(subject.faults()).as(subject.id()).hasSizeGreaterThanOrEqualTo(LEAST);
    }
    return subjects.stream().map(subject -> dynamicContainer(subject.id(), tests(subject)));
  }

  Stream<DynamicTest> tests(Subject subject) {
    return Stream.concat(
        Stream.of(dynamicTest("passes without a fault", () -> passes(subject))),
        subject.faults().stream()
            .map(fault -> dynamicTest("rejected: " + fault, () -> rejected(subject, fault))));
  }

  private void passes(Subject subject) {
    V twin = variants.cast(twins.variant(subject, null));
    assertThat(cases).isNotEmpty();
    for (C trial : cases) {
      assertThat(run.apply(twin, trial).verdict().complaint()).isNull();
    }
  }

  private void rejected(Subject subject, Fault fault) {
    V twin = variants.cast(twins.variant(subject, fault));
    assertThat(cases).isNotEmpty();
    List<Trial> passed = new ArrayList<>();
    for (C trial : cases) {
      Trial judged = run.apply(twin, trial);
      if (!judged.verdict().passed()) {
        assertThat(judged.verdict().complaint()).isNotBlank();
        return;
      }
      passed.add(judged);
    }
    assertThat(passed).as("cases that did not show: %s", fault).isEmpty();
  }
}
