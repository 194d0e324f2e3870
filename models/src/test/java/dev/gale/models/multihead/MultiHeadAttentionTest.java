package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.testing.OnHost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

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
    // Sums over lanes may come out otherwise the next time.
    List<AttentionVariant> attentions =
        AttentionVariants.catalogue().runningOn(device.info()).stream()
            .filter(attention -> attention.dialect() != Dialect.VECTOR)
            .toList();
    assertThat(matmuls).isNotEmpty();
    // Every variant of both, in as few plans as that takes.
    for (int i = 0; i < Math.max(matmuls.size(), attentions.size()); i++) {
      ComposedMultiHead variant =
          ComposedMultiHead.of(
              matmuls.get(i % matmuls.size()), attentions.get(i % attentions.size()));
      assertIsAttention(device, variant, shape, options);
    }
  }

  @Test
  void givesTheSameBits_whenItsActivationsAreExposed(Device device) {
    MultiHeadShape shape = new MultiHeadShape(2, 17, 33, 24, 20, 4, 2, 6, 5);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withAllBiases().withCausal(true);
    MultiHeadWeights weights = MultiHeadWeights.random(shape, options, 11);
    FloatArray input = TestArrays.normal(shape.inputElements(), 12);
    FloatArray memory = TestArrays.normal(shape.memoryElements(), 13);
    ComposedMultiHead variant = reproducible(device, shape, options);
    FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);
    run(device, variant, shape, options, weights, MultiHeadBuffers.cross(input, memory, output));

    FloatArray exposed = TestArrays.filled(shape.outputElements(), Float.NaN);
    AttentionShape attention = shape.attention();
    MultiHeadActivations activations =
        new MultiHeadActivations(
            TestArrays.filled(attention.queriesElements(), Float.NaN),
            TestArrays.filled(attention.keysElements(), Float.NaN),
            TestArrays.filled(attention.valuesElements(), Float.NaN),
            TestArrays.filled(attention.outputElements(), Float.NaN));
    try (MultiHeadAttention layer =
        new MultiHeadAttention(
            device,
            variant,
            shape,
            options,
            PlanOptions.DEFAULT,
            weights,
            MultiHeadBuffers.cross(input, memory, exposed),
            activations)) {
      layer.run();
    }

    assertThat(activations.queries().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(activations.keys().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(activations.values().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(activations.heads().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(exposed.toHeapArray()).isEqualTo(output.toHeapArray());
  }
}
