package dev.gale.tasks.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.testing.OnHost;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class AttentionProbabilitiesTest extends AttentionProbabilitiesContract {

  private static final AttentionShape SHAPE = new AttentionShape(1, 4, 2, 3, 5, 6, 7);

  @Test
  void refusesAnLseOfAnotherLength(Device device) {
    assertThatThrownBy(() -> probabilities(device, new FloatArray(13), new FloatArray(60)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lse: length 13, expected 12 = batchSize 1 x numHeads 4 x seqLenQ 3");
  }

  @Test
  void refusesProbabilitiesOfAnotherLength(Device device) {
    assertThatThrownBy(() -> probabilities(device, new FloatArray(12), new FloatArray(36)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "probabilities: length 36, expected 60 = batchSize 1 x numHeads 4 x seqLenQ 3 x seqLenK 5");
  }

  @Test
  void refusesMoreProbabilitiesThan32BitsCanIndex(Device device) {
    AttentionShape shape = AttentionShape.self(1, 1, 65536, 1);
    FloatArray rows = new FloatArray(65536);

    assertThatThrownBy(
            () ->
                new AttentionProbabilities(
                    device,
                    shape,
                    AttentionOptions.of(shape),
                    PlanOptions.DEFAULT,
                    rows,
                    rows,
                    AttentionBuffers.noMask(),
                    rows,
                    rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "probabilities: batchSize 1 x numHeads 1 x seqLenQ 65536 x seqLenK 65536 is over"
                + " 2147482623 elements, the most that kernels can index with 32 bits");
  }

  @Test
  void costsTheProductsOfVisiblePairs(Device device) {
    try (AttentionProbabilities probabilities =
        probabilities(device, new FloatArray(12), new FloatArray(60))) {
      assertThat(probabilities.cost().flop()).isEqualTo(2 * 4 * 15 * 6);
      assertThat(probabilities.cost().bytes()).isEqualTo(4 * (72 + 60 + 12 + 60));
    }
  }

  private static AttentionProbabilities probabilities(
      Device device, FloatArray lse, FloatArray probabilities) {
    return new AttentionProbabilities(
        device,
        SHAPE,
        AttentionOptions.of(SHAPE),
        PlanOptions.DEFAULT,
        new FloatArray(72),
        new FloatArray(60),
        AttentionBuffers.noMask(),
        lse,
        probabilities);
  }
}
