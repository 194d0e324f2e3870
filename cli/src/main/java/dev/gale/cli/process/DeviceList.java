package dev.gale.cli.process;

import dev.gale.tasks.device.DeviceInfo;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The devices of this machine.
 *
 * @param devices those of the SDK, then the JVM device
 * @param notes one line for each thing that stands in the way of more devices
 * @param failed whether an installed runtime failed to list its devices
 */
public record DeviceList(List<DeviceInfo> devices, List<String> notes, boolean failed) {

  /** {@code device opencl:1: not found; found opencl:0 (pthread, CPU), host:0 (...)}. */
  String notFound(String wanted) {
    String found =
        devices.stream()
            .map(info -> info.id() + " (" + info.description() + ", " + info.kind() + ")")
            .collect(Collectors.joining(", "));
    return "device "
        + wanted
        + ": not found; found "
        + (found.isEmpty() ? "none" : found)
        + notes.stream().map(note -> "; " + note).collect(Collectors.joining());
  }
}
