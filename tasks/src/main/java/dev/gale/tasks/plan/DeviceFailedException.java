package dev.gale.tasks.plan;

import dev.gale.tasks.device.Device;

/** A device, its driver or TornadoVM's compiler for it failed. */
public final class DeviceFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DeviceFailedException(Device device, String what, Throwable cause) {
    super(device.id() + ": " + what, cause);
  }

  public DeviceFailedException(Device device, String what) {
    super(device.id() + ": " + what);
  }
}
