package dev.gale.tasks.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ShapesTest {

  @Test
  void multipliesTheSizes() {
    assertThat(Shapes.elements("keys", "heads", 4, "seqLenK", 48, "headDim", 64)).isEqualTo(12288);
  }

  @Test
  void takesTheMostElementsThatCanBeIndexed() {
    assertThat(Shapes.elements("x", "n", Shapes.MAX_ELEMENTS)).isEqualTo(Shapes.MAX_ELEMENTS);
  }

  @Test
  void refusesOneMore() {
    assertThatThrownBy(() -> Shapes.elements("x", "n", Shapes.MAX_ELEMENTS + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "x: n 2147482624 is over 2147482623 elements, the most that kernels can index with 32 bits");
  }

  @Test
  void refusesAProductThatOverflows64Bits() {
    assertThatThrownBy(
            () -> Shapes.elements("x", "a", 1 << 30, "b", 1 << 30, "c", 1 << 30, "d", 1 << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x: a 1073741824 x b 1073741824");
  }

  @Test
  void refusesAProductThatWrapsRoundToASmallOne() {
    // 2^16 x 2^16 x 2^16 x 2^16 is 0 modulo 2^64.
    assertThatThrownBy(
            () -> Shapes.elements("x", "a", 1 << 16, "b", 1 << 16, "c", 1 << 16, "d", 1 << 16))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesADimensionBelowOne() {
    assertThatThrownBy(() -> Shapes.positive("matmul", "k", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matmul: k 0, expected at least 1");
  }

  @Test
  void namesWhatALengthShouldBe() {
    FloatArray keys = new FloatArray(8192);
    assertThatThrownBy(
            () ->
                Shapes.length(
                    "keys", keys, 0, "batchSize", 1, "numKvHeads", 4, "seqLenK", 48, "headDim", 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "keys: length 8192, expected 12288 = batchSize 1 x numKvHeads 4 x seqLenK 48 x headDim 64");
  }

  @Test
  void countsTheGuard() {
    assertThatCode(() -> Shapes.length("c", new FloatArray(70), 64, "m", 2, "n", 3))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Shapes.length("c", new FloatArray(6), 64, "m", 2, "n", 3))
        .hasMessage("c: length 6, expected 70 = m 2 x n 3 + 64 of guard");
  }

  @Test
  void refusesAWrittenBufferThatIsReadToo() {
    FloatArray shared = new FloatArray(4);
    assertThatThrownBy(() -> Shapes.ofItsOwn("c", shared, new FloatArray(4), shared))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("c: the same buffer as another one, expected one of its own");
    assertThatCode(() -> Shapes.ofItsOwn("c", shared, new FloatArray(4)))
        .doesNotThrowAnyException();
  }
}
