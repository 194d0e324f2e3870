package dev.gale.host;

import dev.gale.host.graph.Settings;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoSetting;

/**
 * TornadoVM's settings: key and value pairs over the system properties.
 *
 * <p>Named by {@code -Dtornado.load.tornado.implementation=dev.gale.host.HostSettings}. Settings belong to the process,
 * as in TornadoVM, so every instance shows the same ones.
 */
public final class HostSettings implements TornadoSetting {

  /** Called by TornadoVM's API through reflection. */
  public HostSettings() {}

  @Override
  public void setTornadoProperty(String key, String value) {
    Settings.set(key, value);
  }

  @Override
  public @Nullable String getTornadoProperty(String key) {
    return Settings.read(key);
  }

  @Override
  public String getTornadoProperty(String key, String defaultValue) {
    String value = Settings.read(key);
    return value == null ? defaultValue : value;
  }

  /**
   * Loads settings from a properties file.
   *
   * @throws UncheckedIOException when the file can not be read
   */
  @Override
  public void loadTornadoProperty(String filename) {
    Settings.load(filename);
  }
}
