package dev.gale.tasks.choice;

import dev.gale.tasks.device.DeviceInfo;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** Tunings in a directory: a properties file a device. What was measured on another device of that name does not count. */
public final class TuningFile {

  private static final Map<DeviceInfo, Tuning> KNOWN = new ConcurrentHashMap<>();

  private TuningFile() {}

  /** What is known of a device in this process: files are read once. */
  static Tuning known(DeviceInfo device) {
    String directory = System.getProperty(Tuning.PROPERTY);
    return directory == null || directory.isBlank()
        ? Tuning.NONE
        : KNOWN.computeIfAbsent(device, info -> read(Path.of(directory), info));
  }

  /** The file of a device, with that many compute units: of a processor, threads. */
  public static Path path(Path directory, DeviceInfo device) {
    return directory.resolve(
        device.id().toString().replace(':', '-') + "-" + device.computeUnits() + ".properties");
  }

  /** Reads a device's file; {@link Tuning#NONE} if there is none or it is about another device. */
  public static Tuning read(Path directory, DeviceInfo device) {
    Path file = path(directory, device);
    if (!Files.exists(file)) {
      return Tuning.NONE;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException failure) {
      return new Tuning(Map.of(), file + ": can't be read: " + failure.getMessage());
    }
    for (Map.Entry<String, String> property : identity(device).entrySet()) {
      if (!property.getValue().equals(properties.getProperty(property.getKey()))) {
        return Tuning.NONE;
      }
    }
    Map<ShapeClass, String> variants = new EnumMap<>(ShapeClass.class);
    for (ShapeClass shapes : ShapeClass.values()) {
      String variant = properties.getProperty(shapes.id());
      if (variant != null) {
        variants.put(shapes, variant.strip());
      }
    }
    return new Tuning(variants);
  }

  /**
   * Writes a device's file, whole or not at all.
   *
   * @throws IOException if it can't be written
   */
  public static void write(Path directory, DeviceInfo device, Tuning tuning) throws IOException {
    Properties properties = new Properties();
    properties.putAll(identity(device));
    tuning.variants().forEach((shapes, variant) -> properties.setProperty(shapes.id(), variant));
    Files.createDirectories(directory);
    Path part = Files.createTempFile(directory, "tuning-", ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(part)) {
        properties.store(writer, "The fastest variants, as gale tune measured them");
      }
      Files.move(
          part,
          path(directory, device),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What makes it that device. */
  private static Map<String, String> identity(DeviceInfo device) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("device", device.id().toString());
    identity.put("description", device.description());
    identity.put("kind", device.kind().toString());
    identity.put("computeUnits", Integer.toString(device.computeUnits()));
    return identity;
  }
}
