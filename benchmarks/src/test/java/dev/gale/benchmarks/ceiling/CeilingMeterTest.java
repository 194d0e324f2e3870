package dev.gale.benchmarks.ceiling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CeilingMeterTest {

  @ParameterizedTest
  @EnumSource(CeilingKind.class)
  void isPositive(CeilingKind kind) throws Exception {
    try (CeilingMeter meter = new CeilingMeter(kind, 2)) {
      assertThat(meter.rate(0.01)).isPositive().isFinite();
      assertThat(meter.giga(3)).isEqualTo(3 * meter.giga(1)).isPositive();
    }
  }
}
