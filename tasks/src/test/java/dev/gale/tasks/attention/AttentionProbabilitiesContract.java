package dev.gale.tasks.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What the probabilities are on every device, in cases whose results are exact. */
abstract class AttentionProbabilitiesContract {

  @Test
  void givesOneToTheOnlyKeyThatIsSeen(Device device) {
    AttentionFixture attention =
        new AttentionFixture(new AttentionShape(2, 2, 1, 2, 3, 4, 1)).withMask();
    attention.buffers.mask().init(Float.NEGATIVE_INFINITY);
    attention.buffers.mask().set(1, 0.0f);
    attention.buffers.mask().set(3 + 1, 0.0f);
    attention.poison(0);
    attention.poison(2);

    float[] probabilities = probabilities(attention, device);

    for (int row = 0; row < 8; row++) {
      assertThat(probabilities[row * 3]).isZero();
      assertThat(probabilities[row * 3 + 1]).isOne();
      assertThat(probabilities[row * 3 + 2]).isZero();
    }
  }

  @Test
  void givesZero_whereCausalityHides(Device device) {
    AttentionFixture attention =
        new AttentionFixture(new AttentionShape(1, 1, 1, 3, 2, 4, 1)).causal();
    attention.poison(1);

    float[] probabilities = probabilities(attention, device);

    assertThat(probabilities).containsExactly(0, 0, 1, 0, Float.NaN, Float.NaN);
  }

  private static float[] probabilities(AttentionFixture attention, Device device) {
    attention.run(device, new OnlineAttention());
    AttentionShape shape = attention.shape;
    FloatArray lse = attention.buffers.lse().slice(0, shape.lseElements());
    int elements = shape.scoresElements();
    FloatArray probabilities = new FloatArray((int) PlanOptions.GUARDED.outputLength(elements));
    probabilities.init(-1.0f);
    try (AttentionProbabilities operator =
        new AttentionProbabilities(
            device,
            shape,
            attention.options,
            PlanOptions.GUARDED,
            attention.buffers.queries(),
            attention.buffers.keys(),
            attention.buffers.mask(),
            lse,
            probabilities)) {
      operator.run();
    }
    for (int i = elements; i < probabilities.getSize(); i++) {
      assertThat(probabilities.get(i)).as("guard %d", i - elements).isEqualTo(-1.0f);
    }
    return probabilities.slice(0, elements).toHeapArray();
  }
}
