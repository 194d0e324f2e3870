package dev.gale.validation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.testing.DoubleModel;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class SoftmaxReferenceTest {

  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void normalisesOneTwoThree() {
    double[] expected = {0.09003057317038045799, 0.24472847105479765247, 0.66524095577482188954};
    double[] probabilities = of(1, 3, 1, 2, 3);
    for (int j = 0; j < expected.length; j++) {
      assertThat(Math.abs(probabilities[j] - expected[j]))
          .isLessThanOrEqualTo(expected[j] * DoubleModel.MODEL.gamma(16));
    }
  }

  @Test
  void isNotMovedByLargeLogits() {
    assertThat(of(1, 2, 10_000, -10_000)).containsExactly(1, 0);
    assertThat(of(1, 2, -10_000, -10_000)).containsExactly(0.5, 0.5);
  }

  @Test
  void givesZeros_whenARowIsMinusInfinityAlone() {
    assertThat(of(2, 2, -INFINITY, -INFINITY, 0, -INFINITY)).containsExactly(0, 0, 1, 0);
  }

  @Test
  void givesNaNThroughoutARow_whenItHasNaNOrInfinity() {
    double nan = Double.NaN;
    assertThat(of(3, 2, Float.NaN, 1, 1, INFINITY, 3, 3))
        .containsExactly(nan, nan, nan, nan, 0.5, 0.5);
  }

  private static double[] of(int rows, int cols, float... logits) {
    SoftmaxShape shape = new SoftmaxShape(rows, cols);
    return SoftmaxReference.of(new SoftmaxCase(shape, FloatArray.fromElements(logits)))
        .probabilities();
  }
}
