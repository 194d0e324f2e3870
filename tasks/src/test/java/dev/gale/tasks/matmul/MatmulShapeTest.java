package dev.gale.tasks.matmul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.plan.Cost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatmulShapeTest {

  @ParameterizedTest
  @CsvSource({"0, 1, 1, m 0", "1, 0, 1, n 0", "1, 1, 0, k 0", "-3, 1, 1, m -3"})
  void refusesADimensionBelowOne(int m, int n, int k, String named) {
    assertThatThrownBy(() -> new MatmulShape(m, n, k))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matmul: " + named + ", expected at least 1");
  }

  @ParameterizedTest
  @CsvSource({"65536, 1, 65536, a: m", "1, 65536, 65536, b: k", "65536, 65536, 1, c: m"})
  void refusesAMatrixThat32BitsCannotIndex(int m, int n, int k, String named) {
    assertThatThrownBy(() -> new MatmulShape(m, n, k))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(named)
        .hasMessageContaining("32 bits");
  }

  @Test
  void countsItsWork() {
    assertThat(new MatmulShape(2, 3, 5).cost()).isEqualTo(new Cost(60, 4 * (10 + 15 + 6)));
    assertThat(new MatmulShape(40_000, 40_000, 40_000).cost().flop())
        .isEqualTo(128_000_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 4096, 4096, true",
    "9, 512, 512, false",
    "12, 2048, 1024, true",
    "12, 2048, 1023, false",
    "13, 4096, 4096, false"
  })
  void fewRows_areEightOrTwelveOfMuch(int m, int n, int k, boolean few) {
    assertThat(new MatmulShape(m, n, k).fewRows()).isEqualTo(few);
  }
}
