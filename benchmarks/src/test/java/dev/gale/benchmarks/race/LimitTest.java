package dev.gale.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.work.Work;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitTest {

  /** Of a machine that does 10 FLOP while it moves a byte. */
  private static final Map<CeilingKind, Double> RATES =
      Map.of(CeilingKind.FMA, 200.0, CeilingKind.TRIAD, 20.0, CeilingKind.READ, 20.0);

  @ParameterizedTest
  @CsvSource({
    "matmul,1024,FMA",
    "matmul,1x4096x4096,READ",
    "softmax,4096x4096,TRIAD",
    "attention,8x1024x64,FMA",
    "attention,32/8x1x8192x128,READ"
  })
  void isTheCeilingThatIsMetFirst(String operator, String shape, CeilingKind limit) {
    assertThat(Limit.of(Work.parse(operator, shape), RATES)).isEqualTo(limit);
  }
}
