package dev.gale.validation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.testing.Inputs;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class MatmulReferenceTest {

  @Test
  void multipliesSmallIntegersExactly() {
    MatmulReference reference =
        MatmulReference.of(
            new MatmulCase(
                new MatmulShape(2, 2, 3),
                FloatArray.fromElements(1, -2, 3, 4, 5, -6),
                FloatArray.fromElements(7, 8, -9, 10, 11, 12)));
    assertThat(reference.product()).containsExactly(58, 24, -83, 10);
    assertThat(reference.magnitudes()).containsExactly(58, 64, 139, 154);
  }

  @Test
  void multipliesEveryBlock_whenRowsAreNoMultipleOfABlock() {
    MatmulShape shape = new MatmulShape(211, 3, 2);
    MatmulReference reference =
        MatmulReference.of(
            new MatmulCase(
                shape, Inputs.of(211 * 2, i -> i / 2), Inputs.of(6, i -> i < 3 ? i : 0)));
    for (int i = 0; i < shape.m(); i++) {
      for (int j = 0; j < shape.n(); j++) {
        assertThat(reference.product()[i * shape.n() + j]).isEqualTo(i * j);
      }
    }
  }

  @Test
  void keepsNaNAndInfinity() {
    MatmulReference reference =
        MatmulReference.of(
            new MatmulCase(
                new MatmulShape(3, 1, 2),
                FloatArray.fromElements(Float.NaN, 1, Float.POSITIVE_INFINITY, 1, 1, 1),
                FloatArray.fromElements(2, 3)));
    assertThat(reference.product()).containsExactly(Double.NaN, Double.POSITIVE_INFINITY, 5);
  }
}
