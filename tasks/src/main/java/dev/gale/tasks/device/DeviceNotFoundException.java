package dev.gale.tasks.device;

import java.util.List;
import java.util.stream.Collectors;

/** No such device; the message lists those that were found. */
public final class DeviceNotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DeviceNotFoundException(String wanted, List<Device> found) {
    super(
        "device "
            + wanted
            + ": not found; found "
            + (found.isEmpty()
                ? "none"
                : found.stream().map(Device::toString).collect(Collectors.joining(", "))));
  }
}
