package dev.gale.cli.process;

import dev.gale.cli.common.Surroundings;
import dev.gale.kernels.guard.Keep;
import dev.gale.tasks.choice.VariantChoice;
import java.io.File;
import java.nio.file.Path;

/**
 * Where {@code gale tune} keeps what it found: in the user's cache directory, apart for each build of Gale, version of the JVM
 * and of the SDK, since another version may have another fastest variant.
 */
public final class TuningDirectory {

  private TuningDirectory() {}

  /** For devices of a backend. */
  public static Path of(Surroundings surroundings, String backend) {
    return !backend.equals("host") && Sdk.find(surroundings) instanceof Sdk.Installed sdk
        ? ofSdk(surroundings, sdk)
        : ofHost(surroundings);
  }

  /** For the JVM device. */
  static Path ofHost(Surroundings surroundings) {
    return of(surroundings.cache(), "host");
  }

  /** For the devices of an SDK. */
  static Path ofSdk(Surroundings surroundings, Sdk.Installed sdk) {
    return of(surroundings.cache(), SdkFlags.key(sdk, Path.of(System.getProperty("java.home"))));
  }

  private static Path of(Path cache, String runtime) {
    String versions =
        JvmFlags.version()
            + ' '
            + build(Keep.class)
            + ' '
            + build(VariantChoice.class)
            + ' '
            + System.getProperty("java.vm.version");
    return cache.resolve("tuning-" + Integer.toHexString((runtime + ' ' + versions).hashCode()));
  }

  /** Two builds of one version differ in this. */
  private static String build(Class<?> type) {
    File file = ClassPath.origin(type).toFile();
    return file.length() + "/" + file.lastModified();
  }
}
