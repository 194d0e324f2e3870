package dev.gale.cli.process;

import dev.gale.benchmarks.peer.KnownPeer;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Class paths of the processes of other libraries. A build with the profile {@code peers} leaves them in the target
 * directories of the modules that bring the libraries: these have versions of things that would disturb Gale's own, and
 * one another's.
 */
final class PeerClassPath {

  private static final String FILE = "peer.classpath";

  private PeerClassPath() {}

  /** The class path of a library; null if the profile was not built. */
  static @Nullable String of(KnownPeer peer) throws IOException {
    if (peer.module().isEmpty()) {
      return ClassPath.withHost();
    }
    Path target = root().resolve(peer.module()).resolve("target");
    Path file = target.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    List<String> entries = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "gale-*.jar")) {
      jars.forEach(jar -> entries.add(jar.toString()));
    }
    entries.add(Files.readString(file).strip());
    return String.join(File.pathSeparator, entries);
  }

  /** The checkout: this class is in cli/target, in a jar or in the classes beside it. */
  private static Path root() {
    try {
      Path cli =
          Path.of(PeerClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return cli.resolve("../../..").normalize();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
