package dev.gale.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.validation.harness.Trial;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * One test for each variant that runs on a device and each case. Consecutive cases that fit one plan run on one plan:
 * what an earlier case left on the device must not show in a later one, and a device compiles each plan once.
 *
 * @param <V> variants
 * @param <C> cases
 * @param <T> one plan, on which any number of cases is tried
 */
final class Contracts<V extends Variant, C, T> {

  private final BiFunction<V, C, T> open;
  private final Function<C, Object> plan;
  private final BiFunction<T, C, Trial> run;
  private final Consumer<T> close;
  private @Nullable T trials;
  private @Nullable Object openPlan;

  /**
   * @param open builds the plan of a case
   * @param plan what is equal for cases that fit one plan
   * @param run tries a case on a plan
   * @param close frees a plan
   */
  Contracts(
      BiFunction<V, C, T> open,
      Function<C, Object> plan,
      BiFunction<T, C, Trial> run,
      Consumer<T> close) {
    this.open = open;
    this.plan = plan;
    this.run = run;
    this.close = close;
  }

  Stream<DynamicTest> tests(
      VariantCatalogue<V> catalogue, Device device, List<NamedCase<C>> cases) {
    List<V> variants = catalogue.runningOn(device.info());
    assertThat(variants).as("variants of %s on %s", catalogue.operator(), device).isNotEmpty();
    return variants.stream()
        .flatMap(variant -> cases.stream().map(named -> test(variant, named)))
        .onClose(this::close);
  }

  private DynamicTest test(V variant, NamedCase<C> named) {
    return DynamicTest.dynamicTest(
        variant.id() + ": " + named,
        () -> {
          Trial trial = run.apply(trials(variant, named.value()), named.value());
          assertThat(trial.verdict().passed()).as(trial.verdict().complaint()).isTrue();
          assertThat(trial.verdict().elements()).isPositive();
        });
  }

  private T trials(V variant, C first) {
    Object wanted = List.of(variant.id(), plan.apply(first));
    T current = trials;
    if (current == null || !wanted.equals(openPlan)) {
      close();
      current = open.apply(variant, first);
      trials = current;
      openPlan = wanted;
    }
    return current;
  }

  private void close() {
    if (trials != null) {
      close.accept(trials);
      trials = null;
    }
  }
}
