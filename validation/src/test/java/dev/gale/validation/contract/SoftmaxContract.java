package dev.gale.validation.contract;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.SoftmaxTrials;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All variants of softmax on one device. */
abstract class SoftmaxContract {

  @TestFactory
  Stream<DynamicTest> matchesReference(Device device) {
    return new Contracts<SoftmaxVariant, SoftmaxCase, SoftmaxTrials>(
            (variant, first) -> new SoftmaxTrials(device, variant, first),
            SoftmaxCase::shape,
            (trials, softmax) -> trials.run(softmax, 2, run -> {}),
            SoftmaxTrials::close)
        .tests(SoftmaxVariants.catalogue(), device, SoftmaxCases.all());
  }
}
