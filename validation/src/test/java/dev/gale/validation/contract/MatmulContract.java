package dev.gale.validation.contract;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.harness.MatmulTrials;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All variants of matmul on one device. */
abstract class MatmulContract {

  @TestFactory
  Stream<DynamicTest> matchesReference(Device device) {
    return new Contracts<MatmulVariant, MatmulCase, MatmulTrials>(
            (variant, first) -> new MatmulTrials(device, variant, first),
            MatmulCase::shape,
            (trials, matmul) -> trials.run(matmul, 2, run -> {}),
            MatmulTrials::close)
        .tests(MatmulVariants.catalogue(), device, MatmulCases.all());
  }
}
