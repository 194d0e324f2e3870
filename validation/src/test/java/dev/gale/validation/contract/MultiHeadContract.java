package dev.gale.validation.contract;

import dev.gale.models.multihead.ComposedMultiHead;
import dev.gale.models.multihead.MultiHeadVariant;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.validation.cases.MultiHeadCase;
import dev.gale.validation.harness.MultiHeadTrials;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compositions of multi-head attention on one device. */
abstract class MultiHeadContract {

  private final List<NamedCase<MultiHeadCase>> cases;

  MultiHeadContract(List<NamedCase<MultiHeadCase>> cases) {
    this.cases = cases;
  }

  @TestFactory
  Stream<DynamicTest> matchesReference(Device device) {
    return new Contracts<MultiHeadVariant, MultiHeadCase, MultiHeadTrials>(
            (variant, first) -> new MultiHeadTrials(device, variant, first),
            layer -> List.of(layer.shape(), layer.options(), layer.weights()),
            (trials, layer) -> trials.run(layer, 2, run -> {}),
            MultiHeadTrials::close)
        .tests(compositions(device), device, cases);
  }

  /** Every variant of matmul and of attention, in as few compositions as that takes. */
  private static VariantCatalogue<MultiHeadVariant> compositions(Device device) {
    List<MatmulVariant> matmuls = MatmulVariants.catalogue().runningOn(device.info());
    List<AttentionVariant> attentions = AttentionVariants.catalogue().runningOn(device.info());
    return new VariantCatalogue<>(
        "multihead",
        IntStream.range(0, Math.max(matmuls.size(), attentions.size()))
            .<MultiHeadVariant>mapToObj(
                i ->
                    ComposedMultiHead.of(
                        matmuls.get(i % matmuls.size()), attentions.get(i % attentions.size())))
            .toList());
  }
}
