package dev.gale.cli.process;

import dev.gale.cli.common.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The TornadoVM SDK of this machine. */
public sealed interface Sdk {

  /**
   * An SDK.
   *
   * @param home its directory
   */
  record Installed(Path home) implements Sdk {

    public Path launcher() {
      return home.resolve("bin").resolve("tornado");
    }
  }

  /**
   * TORNADOVM_HOME names something that is no SDK.
   *
   * @param reason one line
   */
  record Broken(String reason) implements Sdk {}

  /**
   * There is none.
   *
   * @param reason one line that says where it was looked for
   */
  record Absent(String reason) implements Sdk {}

  /**
   * Looks for the SDK: at TORNADOVM_HOME, which must be right when it is set, then where SDKMAN puts it, then in
   * {@code .gale/tornadovm} of the home directory.
   */
  static Sdk find(Surroundings surroundings) {
    String named = surroundings.variable("TORNADOVM_HOME");
    if (named != null) {
      Installed sdk = new Installed(Path.of(named).toAbsolutePath());
      return Files.isExecutable(sdk.launcher())
          ? sdk
          : new Broken("TORNADOVM_HOME is " + named + ", which has no executable bin/tornado");
    }
    String sdkman = surroundings.variable("SDKMAN_DIR");
    List<Path> places = new ArrayList<>();
    places.add(
        (sdkman == null ? surroundings.home().resolve(".sdkman") : Path.of(sdkman))
            .resolve("candidates/tornadovm/current"));
    places.add(surroundings.home().resolve(".gale/tornadovm"));
    for (Path place : places) {
      Installed sdk = new Installed(place.toAbsolutePath());
      if (Files.isExecutable(sdk.launcher())) {
        return sdk;
      }
    }
    return new Absent(
        "no TornadoVM SDK: TORNADOVM_HOME is not set, and there is none at "
            + places.getFirst()
            + " or "
            + places.getLast());
  }
}
