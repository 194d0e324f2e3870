package dev.gale.cli.process;

import dev.gale.tasks.device.DeviceId;

/** On which device or devices a request runs. */
public sealed interface DeviceChoice {

  /** The best that is found: a GPU, else an accelerator, else a processor behind the SDK, else the JVM device. */
  record Best() implements DeviceChoice {}

  /** Every one that is found. */
  record All() implements DeviceChoice {}

  /** One by name. */
  record One(DeviceId id) implements DeviceChoice {}

  /**
   * Reads {@code auto}, {@code all} or the name of a device.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  static DeviceChoice parse(String text) {
    return switch (text) {
      case "auto" -> new Best();
      case "all" -> new All();
      default -> new One(DeviceId.parse(text));
    };
  }
}
