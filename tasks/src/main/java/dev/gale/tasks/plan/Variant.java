package dev.gale.tasks.plan;

import dev.gale.tasks.device.DeviceInfo;

/** One way to compute an operator. All variants of an operator take the same buffers and meet the same contract. */
public interface Variant {

  /** Its name, as the command line takes it: {@code plain}, {@code tiled}, {@code flash}. */
  String id();

  /** In which dialect its kernels are written. */
  Dialect dialect();

  /**
   * Whether its kernels compute exponentials of their own, {@link dev.gale.kernels.lanes.LanesExp}, and not the
   * device's.
   */
  default boolean exponentialsInLanes() {
    return false;
  }

  /** Whether it can run on that device at all. */
  default boolean runsOn(DeviceInfo device) {
    return dialect().runsOn(device);
  }

  /**
   * Checks that it can.
   *
   * @param operator the operator's name
   * @throws IllegalArgumentException if it can't
   */
  default void check(String operator, DeviceInfo device) {
    if (!runsOn(device)) {
      throw new IllegalArgumentException(
          "variant "
              + id()
              + " of "
              + operator
              + ": "
              + dialect()
              + " kernels like it do not run on "
              + device.id()
              + " ("
              + device.kind()
              + ", work-groups up to "
              + device.maxWorkGroupSize()
              + ", "
              + device.localMemoryBytes()
              + " bytes of local memory)");
    }
  }
}
