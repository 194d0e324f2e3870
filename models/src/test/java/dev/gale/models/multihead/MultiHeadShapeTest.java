package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.matmul.MatmulShape;
import org.junit.jupiter.api.Test;

class MultiHeadShapeTest {

  private static final MultiHeadShape CROSS = new MultiHeadShape(2, 5, 7, 24, 20, 4, 2, 6, 3);

  @Test
  void dividesTheModelDimAmongTheHeads_inSelfAttention() {
    assertThat(MultiHeadShape.self(2, 9, 32, 4))
        .isEqualTo(new MultiHeadShape(2, 9, 9, 32, 32, 4, 4, 8, 8));
  }

  @Test
  void namesTheMultiplicationOfEachProjection() {
    assertThat(CROSS.projection(Projection.QUERY)).isEqualTo(new MatmulShape(10, 24, 24));
    assertThat(CROSS.projection(Projection.KEY)).isEqualTo(new MatmulShape(14, 12, 20));
    assertThat(CROSS.projection(Projection.VALUE)).isEqualTo(new MatmulShape(14, 6, 20));
    assertThat(CROSS.projection(Projection.OUTPUT)).isEqualTo(new MatmulShape(10, 24, 12));
    assertThat(CROSS.attention()).isEqualTo(new AttentionShape(2, 4, 2, 5, 7, 6, 3));
  }

  @Test
  void projectsAsManyElementsAsTheHeadsHold() {
    for (Projection projection : Projection.values()) {
      MatmulShape matmul = CROSS.projection(projection);
      int tokens =
          projection == Projection.OUTPUT ? matmul.m() * matmul.k() : matmul.m() * matmul.n();
      assertThat(CROSS.heads(projection).elements()).as("%s", projection).isEqualTo(tokens);
    }
  }

  @Test
  void countsTheMemoryOnce_whenItIsTheInput() {
    MultiHeadShape shape = MultiHeadShape.self(1, 4, 8, 2);
    MultiHeadOptions options = MultiHeadOptions.of(shape);
    long projections = 4 * 2L * 4 * 8 * 8;
    long attention = 2L * 2 * 4 * 4 * (4 + 4);
    assertThat(shape.cost(options, true).flop()).isEqualTo(projections + attention);
    assertThat(shape.cost(options, true).bytes()).isEqualTo(4L * (2 * 4 * 8 + 4 * 8 * 8));
    assertThat(shape.cost(options, false).bytes()).isEqualTo(4L * (3 * 4 * 8 + 4 * 8 * 8));
    assertThat(shape.cost(options.withAllBiases(), true).flop())
        .isEqualTo(projections + attention + 4 * 4 * 8);
  }

  @Test
  void refusesHeadsThatDoNotDivideTheModelDim() {
    assertThatThrownBy(() -> MultiHeadShape.self(1, 4, 10, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "multihead: modelDim 10, expected a multiple of numHeads 4, unless headDim is given");
  }

  @Test
  void refusesKvHeadsThatDoNotDivideTheHeads() {
    assertThatThrownBy(() -> new MultiHeadShape(1, 4, 4, 8, 8, 4, 3, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numHeads 4, expected a multiple of numKvHeads 3");
  }

  @Test
  void refusesADimensionBelowOne() {
    assertThatThrownBy(() -> new MultiHeadShape(1, 4, 4, 0, 8, 4, 2, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("multihead: modelDim 0, expected at least 1");
  }

  @Test
  void refusesABufferThat32BitsCannotIndex() {
    assertThatThrownBy(() -> new MultiHeadShape(1, 1 << 20, 1, 1 << 12, 8, 1, 1, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input: batchSize 1 x seqLenQ 1048576 x modelDim 4096 is over");
    assertThatThrownBy(() -> new MultiHeadShape(1, 1, 1, 1 << 20, 8, 1 << 6, 1, 1 << 6, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wq: modelDim 1048576 x numHeads 64 x headDim 64 is over");
  }
}
