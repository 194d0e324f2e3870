package dev.gale.host.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void modelAndFrequencyAreRead_whenTheSystemTellsThem() {
    List<String> lines =
        List.of(
            "processor\t: 0",
            "model name\t: Some CPU @ 3.00GHz",
            "cpu MHz\t\t: 2999.998",
            "",
            "processor\t: 1",
            "model name\t: Some CPU @ 3.00GHz",
            "cpu MHz\t\t: 1200.0");

    assertThat(CpuInfo.parse(lines, "amd64", 2))
        .isEqualTo(new CpuInfo("Some CPU @ 3.00GHz", 2, 3000));
  }

  @Test
  void architectureIsNamed_whenTheSystemTellsNothing() {
    assertThat(CpuInfo.parse(List.of(), "aarch64", 8)).isEqualTo(new CpuInfo("aarch64 CPU", 8, 0));
    assertThat(CpuInfo.parse(List.of("cpu MHz : unknown"), "riscv64", 1))
        .isEqualTo(new CpuInfo("riscv64 CPU", 1, 0));
  }

  @Test
  void memoryIsRead_whenTheSystemTellsIt() {
    assertThat(PhysicalMemory.parse(List.of("MemTotal:       1024 kB", "MemFree: 1 kB"), 7))
        .isEqualTo(1 << 20);
    assertThat(PhysicalMemory.parse(List.of("MemTotal: much"), 7)).isEqualTo(7);
    assertThat(PhysicalMemory.parse(List.of(), 7)).isEqualTo(7);
    assertThat(PhysicalMemory.totalBytes()).isPositive();
  }
}
