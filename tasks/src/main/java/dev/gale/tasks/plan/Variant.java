package dev.gale.tasks.plan;

import dev.gale.tasks.device.DeviceInfo;

/** One way to compute an operator. All variants of an operator take the same buffers and meet the same contract. */
public interface Variant {

  /** Its name, as the command line takes it: {@code plain}, {@code tiled}, {@code flash}. */
  String id();

  /** In which dialect its kernels are written. */
  Dialect dialect();

  /** Whether it can run on that device at all. */
  default boolean runsOn(DeviceInfo device) {
    return dialect().runsOn(device);
  }
}
