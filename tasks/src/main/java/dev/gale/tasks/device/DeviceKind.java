package dev.gale.tasks.device;

/** What a device is, as far as the choice of a kernel goes. */
public enum DeviceKind {
  /** The JVM itself: kernels run as Java, vector kernels too. */
  JVM,
  /** A processor behind a TornadoVM backend. */
  CPU,
  /** A graphics processor. */
  GPU,
  /** A field-programmable gate array. */
  FPGA,
  /** Anything else that TornadoVM reaches. */
  ACCELERATOR
}
