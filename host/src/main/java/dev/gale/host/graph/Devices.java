package dev.gale.host.graph;

import dev.gale.host.device.HostDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/** Which devices this runtime can be told to use. */
public final class Devices {

  private Devices() {}

  /**
   * Takes a device of this runtime.
   *
   * @throws TornadoDeviceNotFound when it is another runtime's
   */
  public static HostDevice check(TornadoDevice device) {
    if (device instanceof HostDevice host) {
      return host;
    }
    throw new TornadoDeviceNotFound(
        "device " + device + ": not of this runtime, whose one device is host:0");
  }
}
