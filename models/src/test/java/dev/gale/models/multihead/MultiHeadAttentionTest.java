package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.testing.OnHost;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnHost
class MultiHeadAttentionTest extends MultiHeadAttentionContract {

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1, false", "2, 17, 17, 2, true", "1, 33, 17, 4, false"})
  void isAttention_inEveryComposition(
      int batchSize, int seqLenQ, int seqLenK, int numHeads, boolean causal, Device device) {
    int dim = 8 * numHeads;
    MultiHeadShape shape =
        new MultiHeadShape(batchSize, seqLenQ, seqLenK, dim, dim, numHeads, numHeads, 8, 8);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withCausal(causal);
    List<MatmulVariant> matmuls = MatmulVariants.catalogue().runningOn(device.info());
    List<AttentionVariant> attentions = AttentionVariants.catalogue().runningOn(device.info());
    assertThat(matmuls).isNotEmpty();
    // Every variant of both, in as few plans as that takes.
    for (int i = 0; i < Math.max(matmuls.size(), attentions.size()); i++) {
      ComposedMultiHead variant =
          ComposedMultiHead.of(
              matmuls.get(i % matmuls.size()), attentions.get(i % attentions.size()));
      assertIsAttention(device, variant, shape, options);
    }
  }
}
