package dev.gale.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** The JVM flags of workers, taken from the build so that tests and workers run on the same ones. */
public final class JvmFlags {

  private static final Properties PROPERTIES = load();

  private JvmFlags() {}

  /** Flags that every JVM needs which runs Gale. */
  static List<String> all() {
    return words("all");
  }

  /** Flags that make the JVM device the TornadoVM runtime. */
  static List<String> host() {
    return words("host");
  }

  /** The version of Gale. */
  public static String version() {
    return PROPERTIES.getProperty("version");
  }

  private static List<String> words(String key) {
    return Arrays.asList(PROPERTIES.getProperty(key).strip().split("\\s+"));
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = JvmFlags.class.getResourceAsStream("jvm-flags.properties")) {
      if (in == null) {
        throw new IllegalStateException("jvm-flags.properties is missing from the build");
      }
      properties.load(in);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return properties;
  }
}
