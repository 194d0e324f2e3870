package dev.gale.validation.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.testing.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnHost
class HarnessTest {

  private static final MatmulVariant PLAIN = MatmulVariants.catalogue().byId("plain");
  private static final MatmulCase CASE = MatmulCase.generated(new MatmulShape(3, 4, 5), 42);

  @Test
  void reportsEveryRunWithKernelTime(Device device) {
    List<Integer> progress = new ArrayList<>();
    Trial trial = Harness.run(device, PLAIN, CASE, 3, progress::add);
    assertThat(progress).containsExactly(0, 1, 2, 3);
    assertThat(trial.runs()).hasSize(3).allMatch(run -> run.kernelNanos() > 0);
    assertThat(trial.operator()).isEqualTo("matmul");
    assertThat(trial.variant()).isEqualTo("plain");
    assertThat(trial.shape()).hasToString("{m=3, n=4, k=5}");
    assertThat(trial.cost()).isEqualTo(CASE.shape().cost());
    assertThat(trial.verdict().passed()).isTrue();
    assertThat(trial.verdict().elements()).isEqualTo(12);
    assertThat(trial.verdict().maxBoundRatio()).isPositive().isLessThanOrEqualTo(1);
    assertThat(trial.outputs().get("c").getSize()).isEqualTo(12);
  }

  @Test
  void namesTheSeed_whenARunIsWrong(Device device) {
    Trial trial = Harness.run(device, new FailsLater(PLAIN), CASE, 1);
    assertThat(trial.verdict().complaint())
        .startsWith("matmul on host:0: c[0,0] = ")
        .endsWith("of 12 outside; seed 42");
  }

  @Test
  void judgesEveryRun(Device device) {
    MatmulCase zeros = new MatmulCase(CASE.shape(), Inputs.constant(15, 0), Inputs.constant(20, 0));
    try (MatmulTrials trials = new MatmulTrials(device, new FailsLater(PLAIN), zeros)) {
      assertThat(trials.run(zeros, 1, run -> {}).verdict().passed()).isTrue();
      assertThat(trials.run(CASE, 1, run -> {}).verdict().passed()).isFalse();
      assertThat(trials.run(zeros, 1, run -> {}).verdict().passed()).isTrue();
    }
  }

  @Test
  void refusesACaseOfAnotherShape(Device device) {
    MatmulCase other = MatmulCase.generated(new MatmulShape(4, 3, 5), 1);
    try (MatmulTrials trials = new MatmulTrials(device, PLAIN, CASE)) {
      assertThatThrownBy(() -> trials.run(other, 1, run -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("shape");
    }
  }

  @Test
  void refusesNoRunAtAll(Device device) {
    assertThatThrownBy(() -> Harness.run(device, PLAIN, CASE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("repeats 0");
  }

  @Test
  void generatesTheSameCaseFromTheSameSeed() {
    MatmulCase again = MatmulCase.generated(CASE.shape(), 42);
    MatmulCase other = MatmulCase.generated(CASE.shape(), 43);
    assertThat(again.a().toHeapArray()).containsExactly(CASE.a().toHeapArray());
    assertThat(other.a().toHeapArray()).isNotEqualTo(CASE.a().toHeapArray());
    assertThat(IntStream.range(0, 15).allMatch(i -> Float.isFinite(CASE.a().get(i)))).isTrue();
  }
}
