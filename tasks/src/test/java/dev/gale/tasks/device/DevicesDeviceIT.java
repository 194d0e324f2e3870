package dev.gale.tasks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.testing.RequiresDevice;
import org.junit.jupiter.api.Test;

@RequiresDevice
class DevicesDeviceIT {

  @Test
  void describesWhatTheDriverReports(Device device) {
    DeviceInfo info = device.info();
    assertThat(info.description()).isNotBlank();
    assertThat(info.kind()).isNotEqualTo(DeviceKind.JVM);
    assertThat(info.computeUnits()).isPositive();
    assertThat(info.globalMemoryBytes()).isGreaterThanOrEqualTo(info.maxAllocationBytes());
    assertThat(info.maxAllocationBytes()).isPositive();
    assertThat(info.localMemoryBytes()).isPositive();
    assertThat(info.maxWorkGroupSize()).isPositive();
  }

  @Test
  void findsEveryListedDeviceByItsName() {
    assertThat(Devices.all()).isNotEmpty();
    for (Device device : Devices.all()) {
      assertThat(Devices.find(DeviceId.parse(device.id().toString())).info())
          .isEqualTo(device.info());
    }
  }

  @Test
  void namesWhatIsThere_whenADeviceIsNot(Device device) {
    DeviceId absent = new DeviceId(device.id().backend(), 999);
    assertThatThrownBy(() -> Devices.find(absent))
        .isInstanceOf(DeviceNotFoundException.class)
        .hasMessageContaining(absent.toString())
        .hasMessageContaining(device.id().toString());
  }
}
