package dev.gale.tasks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void listsTheJvm_whenThatIsTheRuntime() {
    assertThat(Devices.all()).hasSize(1);
    DeviceInfo info = Devices.best().info();
    assertThat(info.id()).hasToString("host:0");
    assertThat(info.kind()).isEqualTo(DeviceKind.JVM);
    assertThat(info.computeUnits()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(info.description()).isNotBlank();
    assertThat(info.globalMemoryBytes()).isPositive();
    assertThat(info.fp64()).isTrue();
  }

  @Test
  void namesWhatIsThere_whenADeviceIsNot() {
    assertThatThrownBy(() -> Devices.find(new DeviceId("opencl", 1)))
        .isInstanceOf(DeviceNotFoundException.class)
        .hasMessageStartingWith("device opencl:1: not found; found host:0 (")
        .hasMessageEndingWith(", JVM)");
  }

  @Test
  void refusesAJvmWithTheSequentialFallback() {
    String before = System.setProperty("tornado.recover.bailout", "True");
    try {
      assertThatThrownBy(Devices::all)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("tornado.recover.bailout: True, expected False");
    } finally {
      restore(before);
    }
  }

  @Test
  void turnsTheSequentialFallbackOff_whenNothingIsSaidOfIt() {
    String before = System.clearProperty("tornado.recover.bailout");
    try {
      Devices.all();
      assertThat(System.getProperty("tornado.recover.bailout")).isEqualTo("False");
    } finally {
      restore(before);
    }
  }

  private static void restore(String before) {
    if (before == null) {
      System.clearProperty("tornado.recover.bailout");
    } else {
      System.setProperty("tornado.recover.bailout", before);
    }
  }
}
