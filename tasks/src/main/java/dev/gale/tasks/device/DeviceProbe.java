package dev.gale.tasks.device;

import java.util.Locale;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** Reads what a TornadoVM device says of itself. */
final class DeviceProbe {

  private DeviceProbe() {}

  static Device probe(TornadoBackend backend, int index) {
    TornadoDevice handle = backend.getDevice(index);
    TornadoTargetDevice physical = handle.getPhysicalDevice();
    boolean jvm = backend.getBackendType() == TornadoVMBackendType.JAVA;
    String backendName = jvm ? "host" : backend.getBackendType().name().toLowerCase(Locale.ROOT);
    DeviceKind kind = jvm ? DeviceKind.JVM : kind(handle.getDeviceType());
    DeviceInfo info =
        new DeviceInfo(
            new DeviceId(backendName, index),
            physical.getDeviceName().strip(),
            kind,
            physical.getDeviceMaxComputeUnits(),
            physical.getDeviceGlobalMemorySize(),
            physical.getDeviceMaxAllocationSize(),
            physical.getDeviceLocalMemorySize(),
            // getDeviceMaxWorkGroupSize() is that of a grid in the PTX backend.
            physical.getMaxThreadsPerBlock(),
            vectorFloats(kind),
            jvm || DeviceAbilities.fp16(backendName, physical),
            jvm || DeviceAbilities.fp64(backendName, physical));
    return new Device(info, handle);
  }

  /** TornadoVM's API does not tell; but a processor that it reaches is the one that the JVM runs on. */
  private static int vectorFloats(DeviceKind kind) {
    return kind == DeviceKind.JVM || kind == DeviceKind.CPU ? VectorRegisters.floats() : 0;
  }

  private static DeviceKind kind(TornadoDeviceType type) {
    return switch (type) {
      case CPU -> DeviceKind.CPU;
      case GPU -> DeviceKind.GPU;
      case FPGA -> DeviceKind.FPGA;
      default -> DeviceKind.ACCELERATOR;
    };
  }
}
