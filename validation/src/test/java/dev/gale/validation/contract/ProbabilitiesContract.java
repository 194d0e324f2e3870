package dev.gale.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.device.Device;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.harness.AttentionTrials;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.harness.Trial;
import dev.gale.validation.testing.Inputs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The probabilities of attention, from the lse of its reference, on one device. */
abstract class ProbabilitiesContract {

  abstract List<NamedCase<AttentionCase>> cases();

  @TestFactory
  Stream<DynamicTest> matchesReference(Device device) {
    return cases().stream()
        .map(
            named ->
                DynamicTest.dynamicTest(
                    named.name(), () -> matchesReference(device, named.value())));
  }

  private static void matchesReference(Device device, AttentionCase attention) {
    double[] reference =
        AttentionTrials.expected(attention, FloatModel.of(device.info())).getLast().reference();
    FloatArray lse = Inputs.of(reference.length, row -> reference[row]);
    Trial trial = Harness.probabilities(device, attention, lse);
    assertThat(trial.verdict().passed()).as(trial.verdict().complaint()).isTrue();
    assertThat(trial.outputs()).containsOnlyKeys("probabilities");
  }
}
