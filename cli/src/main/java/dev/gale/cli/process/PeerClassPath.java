package dev.gale.cli.process;

import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.cli.common.Surroundings;
import java.io.File;
import java.io.IOException;
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

  /** The environment variable that names the checkout: tornado-env.sh sets it. */
  private static final String CHECKOUT = "GALE_HOME";

  private PeerClassPath() {}

  /** The class path of a library; null if the profile was not built. */
  static @Nullable String of(KnownPeer peer, Surroundings surroundings) throws IOException {
    if (peer.module().isEmpty()) {
      return ClassPath.withHost();
    }
    String checkout = surroundings.variable(CHECKOUT);
    if (checkout == null) {
      return null;
    }
    Path target = Path.of(checkout, peer.module(), "target");
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
}
