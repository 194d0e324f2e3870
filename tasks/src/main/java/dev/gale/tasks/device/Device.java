package dev.gale.tasks.device;

import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * A device to run on.
 *
 * @param info what it can do
 * @param handle TornadoVM's own object for it
 */
public record Device(DeviceInfo info, TornadoDevice handle) {

  public DeviceId id() {
    return info.id();
  }

  @Override
  public String toString() {
    return info.id() + " (" + info.description() + ", " + info.kind() + ")";
  }
}
