package dev.gale.tasks.softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.testing.OnHost;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class SoftmaxTest {

  private static final SoftmaxShape SHAPE = new SoftmaxShape(2, 4);

  @Test
  void normalisesEachRow(Device device) {
    FloatArray logits = FloatArray.fromElements(7, 7, 7, 7, 0, 0, -1000, -1000);
    for (SoftmaxVariant variant : SoftmaxVariants.catalogue().all()) {
      FloatArray probabilities = new FloatArray(8);
      try (Softmax softmax =
          new Softmax(device, variant, SHAPE, PlanOptions.DEFAULT, logits, probabilities)) {
        softmax.run();
        assertThat(softmax.variant()).isEqualTo(variant.id());
        assertThat(softmax.name()).isEqualTo("softmax");
        assertThat(softmax.cost()).isEqualTo(SHAPE.cost());
        assertThat(softmax.device()).isSameAs(device);
      }
      assertThat(probabilities.toHeapArray())
          .as(variant.id())
          .containsExactly(.25f, .25f, .25f, .25f, .5f, .5f, 0, 0);
    }
  }

  @Test
  void refusesABufferOfAnotherLength(Device device) {
    assertThatThrownBy(() -> softmax(device, new FloatArray(7), new FloatArray(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("logits: length 7, expected 8 = rows 2 x cols 4");
    assertThatThrownBy(() -> softmax(device, new FloatArray(8), new FloatArray(72)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probabilities: length 72, expected 8 = rows 2 x cols 4");
  }

  @Test
  void refusesAnOutputThatIsTheInput(Device device) {
    FloatArray both = new FloatArray(8);
    assertThatThrownBy(() -> softmax(device, both, both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("probabilities: the same buffer");
  }

  private static Softmax softmax(Device device, FloatArray logits, FloatArray probabilities) {
    return new Softmax(
        device, new ThreePassSoftmax(), SHAPE, PlanOptions.DEFAULT, logits, probabilities);
  }

  @Test
  void namesTheVariants() {
    assertThat(SoftmaxVariants.catalogue().all())
        .extracting(SoftmaxVariant::id)
        .startsWith("three-pass", "online")
        .contains("work-group", "blocked", "vector");
  }

  @Test
  void refusesMoreWorkItemsThan32BitsCanCount() {
    SoftmaxShape tall = new SoftmaxShape(1 << 24, 1);
    FloatArray none = new FloatArray(1);
    assertThatThrownBy(() -> new WorkGroupSoftmax().append(null, "t", tall, none, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("work items: rows 16777216 x group 256 is over");
  }
}
