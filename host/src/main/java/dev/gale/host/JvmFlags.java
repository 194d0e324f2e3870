package dev.gale.host;

import java.util.ArrayList;
import java.util.List;

/** The flags without which this JVM can not be the device. */
final class JvmFlags {

  private static final List<String> INTERNALS =
      List.of("jdk.internal.access", "jdk.internal.reflect", "jdk.internal.vm");

  private JvmFlags() {}

  /**
   * Checks the flags this JVM was started with.
   *
   * @throws IllegalStateException when some are missing; the message has them
   */
  static void check() {
    Module base = Object.class.getModule();
    Module mine = JvmFlags.class.getModule();
    List<String> missing = new ArrayList<>();
    for (String name : INTERNALS) {
      if (!base.isExported(name, mine)) {
        missing.add(
            "--add-exports java.base/"
                + name
                + "="
                + (mine.isNamed() ? mine.getName() : "ALL-UNNAMED"));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the JVM device needs the JVM flags " + String.join(" ", missing));
    }
  }
}
