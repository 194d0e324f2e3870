package dev.gale.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.statistics.MedianInterval;
import dev.gale.benchmarks.work.Work;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CeilingsTest {

  /** Of a machine that does 10 FLOP while it moves a byte. */
  private static final Ceilings CEILINGS =
      new Ceilings(
          1,
          Map.of(
              CeilingKind.FMA,
              MedianInterval.of(200),
              CeilingKind.TRIAD,
              MedianInterval.of(20),
              CeilingKind.READ,
              MedianInterval.of(20)));

  @ParameterizedTest
  @CsvSource({
    "matmul,1024,FMA",
    "matmul,1x4096x4096,READ",
    "softmax,4096x4096,TRIAD",
    "attention,8x1024x64,FMA",
    "attention,32/8x1x8192x128,READ"
  })
  void isTheCeilingThatIsMetFirst(String operator, String shape, CeilingKind limit) {
    Work work = Work.parse(operator, shape);
    assertThat(CEILINGS.limit(work.cost(), work.outputBytes())).isEqualTo(limit);
  }

  @Test
  void measuresEachKind() throws Exception {
    // Calls of 1 ms that do 1000 FLOP and move 10 bytes.
    Ceilings ceilings = Ceilings.measure(1, _ -> new FakeRunner("c", new ArrayList<>(), 1_000_000));
    assertThat(ceilings.rate(CeilingKind.FMA)).isEqualTo(1e-3);
    assertThat(ceilings.rate(CeilingKind.READ)).isEqualTo(1e-5);
    assertThat(ceilings.rates()).containsOnlyKeys(CeilingKind.values());
  }
}
