package dev.gale.tasks.choice;

import dev.gale.tasks.device.DeviceInfo;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which variant was the fastest on a device, for the classes of shapes that were tried there.
 *
 * @param variants their names
 * @param problem why nothing is known although a file is there; null where there is no such thing
 */
public record Tuning(Map<ShapeClass, String> variants, @Nullable String problem) {

  /** Nothing is known. */
  public static final Tuning NONE = new Tuning(Map.of(), null);

  /** The system property that names the directory with the files of tuned devices. */
  public static final String PROPERTY = "gale.tuning";

  public Tuning {
    EnumMap<ShapeClass, String> copy = new EnumMap<>(ShapeClass.class);
    copy.putAll(variants);
    variants = Collections.unmodifiableMap(copy);
  }

  public Tuning(Map<ShapeClass, String> variants) {
    this(variants, null);
  }

  /** What is known of a device, from the directory that {@value #PROPERTY} names, if it names one. */
  public static Tuning of(DeviceInfo device) {
    return TuningFile.known(device);
  }

  /** The name of the fastest variant; null if it is not known. */
  public @Nullable String variant(ShapeClass shapes) {
    return variants.get(shapes);
  }
}
