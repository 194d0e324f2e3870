package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.DeviceList;
import dev.gale.tasks.device.DeviceInfo;
import java.util.List;

/** Devices by their names. */
final class DeviceNames {

  private DeviceNames() {}

  /** The names of those that were found. */
  static List<String> of(DeviceList list) {
    return list.devices().stream().map(device -> device.id().toString()).toList();
  }

  /**
   * Those of some names. What went wrong while they were looked for is told.
   *
   * @throws GaleException if one was not found
   */
  static List<DeviceInfo> choose(List<String> names, DeviceList list, Surroundings surroundings) {
    if (list.failed()) {
      list.notes().forEach(note -> surroundings.err().println("gale: " + note));
    }
    return names.stream().map(name -> find(name, list)).toList();
  }

  private static DeviceInfo find(String name, DeviceList list) {
    return list.devices().stream()
        .filter(device -> device.id().toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                GaleException.deviceFailed(
                    "device " + name + ": not found; found " + String.join(", ", of(list))));
  }
}
