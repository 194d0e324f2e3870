package dev.gale.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A worker's directory: request, events, log. It goes when the worker is done, unless somebody should look into it. */
final class PrivateDirectory implements AutoCloseable {

  private final Path path;
  private boolean kept;

  private PrivateDirectory(Path path) {
    this.path = path;
  }

  static PrivateDirectory create() throws IOException {
    return new PrivateDirectory(Files.createTempDirectory("gale-"));
  }

  Path path() {
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
