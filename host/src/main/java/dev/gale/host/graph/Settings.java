package dev.gale.host.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Key and value pairs of the process, over the system properties. */
public final class Settings {

  private static final Properties SETTINGS = new Properties();

  private Settings() {}

  public static void set(String key, String value) {
    SETTINGS.setProperty(key, value);
  }

  /**
   * Loads settings from a properties file.
   *
   * @throws UncheckedIOException when the file can not be read
   */
  public static void load(String filename) {
    try (InputStream in = Files.newInputStream(Path.of(filename))) {
      SETTINGS.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("settings " + filename + ": " + e.getMessage(), e);
    }
  }

  public static boolean flag(String key) {
    return Boolean.parseBoolean(read(key));
  }

  /** The value of a setting, null when it has none. */
  public static @Nullable String read(String key) {
    String value = SETTINGS.getProperty(key);
    return value == null ? System.getProperty(key) : value;
  }
}
