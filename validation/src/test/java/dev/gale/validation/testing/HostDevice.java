package dev.gale.validation.testing;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.Devices;

/** The JVM device, for tests that no extension can give it to. */
public final class HostDevice {

  private HostDevice() {}

  public static Device get() {
    return Devices.find(new DeviceId("host", 0));
  }
}
