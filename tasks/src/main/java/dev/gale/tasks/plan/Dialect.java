package dev.gale.tasks.plan;

import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;

/** How a kernel is written. */
public enum Dialect {
  /** {@code @Parallel} loops: run anywhere. */
  LOOP,
  /** {@code KernelContext}, local memory and barriers: run anywhere but on an FPGA, made for GPUs. */
  WORK_GROUP,
  /** {@code @Parallel} loops over the JDK's Vector API: run on the JVM device only. */
  VECTOR;

  public boolean runsOn(DeviceInfo device) {
    return switch (this) {
      case LOOP -> true;
      case WORK_GROUP -> device.kind() != DeviceKind.FPGA;
      case VECTOR -> device.kind() == DeviceKind.JVM;
    };
  }
}
