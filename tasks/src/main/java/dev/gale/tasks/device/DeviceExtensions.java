package dev.gale.tasks.device;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/**
 * The extension names of a device, such as {@code cl_khr_fp16}. TornadoVM's API has no method for them; its OpenCL
 * driver's device class has a public {@code getDeviceExtensions()}, asked for by name here so that nothing depends on
 * that class.
 */
final class DeviceExtensions {

  private DeviceExtensions() {}

  static Set<String> of(TornadoTargetDevice device) {
    try {
      Object extensions = device.getClass().getMethod("getDeviceExtensions").invoke(device);
      return extensions instanceof String text ? Set.of(text.strip().split("\\s+")) : Set.of();
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException absent) {
      // A backend without the notion, or one that keeps it to itself: nothing is claimed for it.
      return Set.of();
    }
  }
}
