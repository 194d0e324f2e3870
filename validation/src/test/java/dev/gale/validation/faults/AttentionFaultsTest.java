package dev.gale.validation.faults;

import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.harness.Harness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

@OnHost
class AttentionFaultsTest {

  @TestFactory
  Stream<DynamicContainer> twins(Device device, @TempDir Path folder) {
    return new FaultTests<>(
            AttentionVariant.class,
            new Twins(folder),
            AttentionFaultCases.all(),
            (variant, attention) -> Harness.run(device, variant, attention, 1))
        .of(
            AttentionVariants.catalogue(),
            List.of(
                AttentionFaults.COMPOSED,
                AttentionFaults.ONLINE,
                AttentionFaults.FLASH,
                BlockedFaults.ATTENTION,
                BlockedFaults.ATTENTION_SMALL,
                VectorFaults.ATTENTION,
                VectorFaults.DECODE));
  }
}
