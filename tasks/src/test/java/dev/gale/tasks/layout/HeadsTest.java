package dev.gale.tasks.layout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.testing.OnHost;
import org.junit.jupiter.api.Test;

@OnHost
class HeadsTest extends HeadsContract {

  @Test
  void refusesADimensionBelowOne() {
    assertThatThrownBy(() -> new HeadsShape(1, 4, 0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heads: numHeads 0, expected at least 1");
  }

  @Test
  void refusesMoreThan32BitsCanIndex() {
    assertThatThrownBy(() -> new HeadsShape(1 << 10, 1 << 10, 1 << 10, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batchSize 1024 x seqLen 1024 x numHeads 1024 x headDim 2");
  }
}
