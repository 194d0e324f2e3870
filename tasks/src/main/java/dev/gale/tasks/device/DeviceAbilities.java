package dev.gale.tasks.device;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/**
 * What a device can do beyond what TornadoVM's API has methods for. The device classes of its backends have public
 * ones, asked for by name here so that nothing depends on those classes: {@code getDeviceExtensions()} with names such
 * as {@code cl_khr_fp16}, {@code isDeviceFP16Supported()} and {@code isDeviceDoubleFPSupported()}, each in some backends
 * only. Of a device that answers none of them nothing is claimed.
 */
final class DeviceAbilities {

  /** Every NVIDIA GPU since compute capability 5.3 has both; these backends have nothing to ask. */
  private static final Set<String> NVIDIA = Set.of("cuda", "ptx");

  private DeviceAbilities() {}

  /** Whether half-precision arithmetic is there. */
  static boolean fp16(String backend, TornadoTargetDevice device) {
    return NVIDIA.contains(backend)
        || extensions(device).contains("cl_khr_fp16")
        || Boolean.TRUE.equals(answer(device, "isDeviceFP16Supported"));
  }

  /** Whether double-precision arithmetic is there. */
  static boolean fp64(String backend, TornadoTargetDevice device) {
    return NVIDIA.contains(backend)
        || extensions(device).contains("cl_khr_fp64")
        || Boolean.TRUE.equals(answer(device, "isDeviceDoubleFPSupported"));
  }

  private static Set<String> extensions(TornadoTargetDevice device) {
    return answer(device, "getDeviceExtensions") instanceof String names
        ? Set.of(names.strip().split("\\s+"))
        : Set.of();
  }

  private static @Nullable Object answer(TornadoTargetDevice device, String method) {
    try {
      return device.getClass().getMethod(method).invoke(device);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException unanswered) {
      return null;
    }
  }
}
