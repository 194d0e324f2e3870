package dev.gale.tasks.softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.plan.Cost;
import org.junit.jupiter.api.Test;

class SoftmaxShapeTest {

  @Test
  void refusesADimensionBelowOne() {
    assertThatThrownBy(() -> new SoftmaxShape(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmax: rows 0, expected at least 1");
    assertThatThrownBy(() -> new SoftmaxShape(3, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmax: cols -1, expected at least 1");
  }

  @Test
  void refusesAMatrixThat32BitsCannotIndex() {
    assertThatThrownBy(() -> new SoftmaxShape(1 << 16, 1 << 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("logits: rows 65536 x cols 65536 is over");
  }

  @Test
  void countsItsWork() {
    assertThat(new SoftmaxShape(3, 7).cost()).isEqualTo(new Cost(105, 168));
  }
}
