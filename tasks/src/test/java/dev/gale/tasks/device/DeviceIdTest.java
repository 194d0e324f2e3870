package dev.gale.tasks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTest {

  @Test
  void readsWhatItPrints() {
    assertThat(DeviceId.parse("opencl:0")).isEqualTo(new DeviceId("opencl", 0));
    assertThat(DeviceId.parse("OpenCL:12")).hasToString("opencl:12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "opencl",
        ":0",
        "opencl:",
        "opencl:-1",
        "opencl:0:1",
        "0:0",
        "open cl:0",
        "opencl:00000",
        "opencl:4294967296",
        " opencl:0",
        "opencl:0x1"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> DeviceId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device " + text + ": expected BACKEND:INDEX, as in opencl:0 or host:0");
  }

  @Test
  void refusesABackendThatCouldNotBeReadBack() {
    assertThatThrownBy(() -> new DeviceId("OpenCL", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DeviceId("opencl", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
