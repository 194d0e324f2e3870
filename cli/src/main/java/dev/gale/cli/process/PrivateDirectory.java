package dev.gale.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory of a worker or of several. It goes when they are done, unless somebody should look into it. */
public final class PrivateDirectory implements AutoCloseable {

  private final Path path;
  private boolean kept;

  private PrivateDirectory(Path path) {
    this.path = path;
  }

  /** Makes one. */
  public static PrivateDirectory create() throws IOException {
    return new PrivateDirectory(Files.createTempDirectory("gale-"));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (kept) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
