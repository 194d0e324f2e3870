package dev.gale.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoSetting;

/**
 * TornadoVM's settings: key and value pairs over the system properties.
 *
 * <p>Named by {@code -Dtornado.load.tornado.implementation=dev.gale.host.HostSettings}. Settings belong to the process,
 * as in TornadoVM, so every instance shows the same ones.
 */
public final class HostSettings implements TornadoSetting {

  private static final Properties SETTINGS = new Properties();

  /** Called by TornadoVM's API through reflection. */
  public HostSettings() {}

  @Override
  public void setTornadoProperty(String key, String value) {
    SETTINGS.setProperty(key, value);
  }

  @Override
  public @Nullable String getTornadoProperty(String key) {
    return read(key);
  }

  @Override
  public String getTornadoProperty(String key, String defaultValue) {
    String value = read(key);
    return value == null ? defaultValue : value;
  }

  /**
   * Loads settings from a properties file.
   *
   * @throws UncheckedIOException when the file can not be read
   */
  @Override
  public void loadTornadoProperty(String filename) {
    try (InputStream in = Files.newInputStream(Path.of(filename))) {
      SETTINGS.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("settings " + filename + ": " + e.getMessage(), e);
    }
  }

  static boolean flag(String key) {
    return Boolean.parseBoolean(read(key));
  }

  /** The value of a setting, null when it has none. */
  public static @Nullable String read(String key) {
    String value = SETTINGS.getProperty(key);
    return value == null ? System.getProperty(key) : value;
  }
}
