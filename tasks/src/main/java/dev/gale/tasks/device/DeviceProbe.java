package dev.gale.tasks.device;

import java.util.Locale;
import java.util.Set;
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
    Set<String> extensions = DeviceExtensions.of(physical);
    boolean jvm = backend.getBackendType() == TornadoVMBackendType.JAVA;
    DeviceInfo info =
        new DeviceInfo(
            new DeviceId(backendName(backend), index),
            handle.getPhysicalDevice().getDeviceName().strip(),
            jvm ? DeviceKind.JVM : kind(handle.getDeviceType()),
            physical.getDeviceMaxComputeUnits(),
            physical.getDeviceGlobalMemorySize(),
            physical.getDeviceMaxAllocationSize(),
            physical.getDeviceLocalMemorySize(),
            largest(physical.getDeviceMaxWorkGroupSize()),
            jvm || extensions.contains("cl_khr_fp16"),
            jvm || extensions.contains("cl_khr_fp64"));
    return new Device(info, handle);
  }

  private static String backendName(TornadoBackend backend) {
    return backend.getName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9].*", "");
  }

  private static DeviceKind kind(TornadoDeviceType type) {
    return switch (type) {
      case CPU -> DeviceKind.CPU;
      case GPU -> DeviceKind.GPU;
      case FPGA -> DeviceKind.FPGA;
      default -> DeviceKind.ACCELERATOR;
    };
  }

  private static long largest(long[] sizes) {
    long largest = 1;
    for (long size : sizes) {
      largest = Math.max(largest, size);
    }
    return largest;
  }
}
