package dev.gale.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.cli.work.JobResult;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.RunReport;
import dev.gale.validation.harness.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TimingTest {

  @Test
  void leavesOutTheFirstRun_whichCompiles() {
    Timing timing = timing(900_000_000, 2_000_000, 1_000_000, 4_000_000);
    assertThat(timing.repeats()).isEqualTo(3);
    assertThat(timing.medianMillis()).isEqualTo(2);
    assertThat(timing.minMillis()).isEqualTo(1);
    assertThat(timing.kernelMillis()).isEqualTo(1);
    assertThat(timing.compileMillis()).isEqualTo(450);
  }

  @Test
  void takesTheMiddleOfTwo_whenRepeatsAreEven() {
    assertThat(timing(1, 4_000_000, 2_000_000).medianMillis()).isEqualTo(3);
  }

  @Test
  void dividesWorkByTheMedian() {
    Timing timing = timing(1, 1_000_000);
    // 8e6 FLOP and 4e6 bytes in a millisecond.
    assertThat(timing.gflops()).isEqualTo(8);
    assertThat(timing.gigabytesPerSecond()).isEqualTo(4);
  }

  @Test
  void writesThreeSignificantDigits() {
    assertThat(Numbers.significant(1234.5)).isEqualTo("1235");
    assertThat(Numbers.significant(12.345)).isEqualTo("12.3");
    assertThat(Numbers.significant(0.0123)).isEqualTo("0.012");
    assertThat(Numbers.significant(1.2e-7)).isEqualTo("1.2e-07");
    assertThat(Numbers.significant(0)).isEqualTo("0");
    assertThat(Numbers.significant(Double.NaN)).isEqualTo("NaN");
    assertThat(Numbers.bytes(1 << 20)).isEqualTo("1.0 MiB");
    assertThat(Numbers.bytes(17)).isEqualTo("17 B");
  }

  private static Timing timing(long... wallNanos) {
    DeviceInfo device =
        new DeviceInfo(
            new DeviceId("host", 0), "cpu", DeviceKind.JVM, 1, 1, 1, 1, 1, 8, false, false);
    List<RunReport> runs =
        LongStream.of(wallNanos)
            .mapToObj(wall -> new RunReport(wall / 2, 0, 0, wall / 2, wall, 0, 0))
            .toList();
    return Timing.of(
        new JobResult(
            device,
            "plain",
            "asked for",
            Map.of(),
            new Verdict(1, 0, 0, 0, null),
            null,
            runs,
            new Cost(8_000_000, 4_000_000),
            "False",
            Map.of()));
  }
}
