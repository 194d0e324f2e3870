package dev.gale.tasks.device;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a device: {@code opencl:0}, {@code host:0}.
 *
 * @param backend the TornadoVM backend in lower case: {@code host}, {@code opencl}, {@code cuda}, {@code ptx}, {@code
 *     spirv}, {@code metal}
 * @param index the device's place in its backend, from 0
 */
public record DeviceId(String backend, int index) {

  private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9]*):([0-9]{1,4})");

  /**
   * @throws IllegalArgumentException if the backend is not a lower-case word or the index is negative
   */
  public DeviceId {
    if (!FORM.matcher(backend + ":" + index).matches()) {
      throw new IllegalArgumentException(
          "device " + backend + ":" + index + ": expected BACKEND:INDEX, as in opencl:0 or host:0");
    }
  }

  /**
   * Reads {@code BACKEND:INDEX}.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static DeviceId parse(String text) {
    var matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "device " + text + ": expected BACKEND:INDEX, as in opencl:0 or host:0");
    }
    return new DeviceId(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return backend + ":" + index;
  }
}
