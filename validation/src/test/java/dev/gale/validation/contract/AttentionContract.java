package dev.gale.validation.contract;

import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.harness.AttentionTrials;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All variants of attention on one device. */
abstract class AttentionContract {

  abstract List<NamedCase<AttentionCase>> cases();

  @TestFactory
  Stream<DynamicTest> matchesReference(Device device) {
    return new Contracts<AttentionVariant, AttentionCase, AttentionTrials>(
            (variant, first) -> new AttentionTrials(device, variant, first),
            attention -> List.of(attention.shape(), attention.options()),
            (trials, attention) -> trials.run(attention, 2, run -> {}),
            AttentionTrials::close)
        .tests(AttentionVariants.catalogue(), device, cases());
  }
}
