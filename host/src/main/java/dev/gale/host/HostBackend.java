package dev.gale.host;

import dev.gale.host.device.HostDevice;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/** The backend named {@code host}: this JVM, with one device. */
public final class HostBackend implements TornadoBackend {

  private final HostDevice device;

  HostBackend(HostDevice device) {
    this.device = device;
  }

  @Override
  public HostDevice getDefaultDevice() {
    return device;
  }

  @Override
  public void setDefaultDevice(int index) {
    getDevice(index);
  }

  @Override
  public int getNumDevices() {
    return 1;
  }

  /**
   * The device of an index.
   *
   * @throws TornadoDeviceNotFound when {@code index} is not 0
   */
  @Override
  public TornadoDevice getDevice(int index) {
    if (index != 0) {
      throw new TornadoDeviceNotFound(
          "device host:" + index + ": not found; the JVM has one device, host:0");
    }
    return device;
  }

  @Override
  public List<TornadoDevice> getAllDevices() {
    return List.of(device);
  }

  @Override
  public TornadoDeviceType getTypeDefaultDevice() {
    return device.getDeviceType();
  }

  @Override
  public String getName() {
    return "host";
  }

  @Override
  public int getNumPlatforms() {
    return 1;
  }

  @Override
  public TornadoVMBackendType getBackendType() {
    return TornadoVMBackendType.JAVA;
  }
}
