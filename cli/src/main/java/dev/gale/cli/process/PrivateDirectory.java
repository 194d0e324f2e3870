package dev.gale.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    return Ending.directory(() -> new PrivateDirectory(Files.createTempDirectory("gale-")));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  void keep() {
    kept = true;
    Ending.forget(this);
  }

  @Override
  public void close() {
    if (!kept) {
      delete();
      Ending.forget(this);
    }
  }

  /** Deletes what is there; others may be doing the same. */
  void delete() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException left) {
      // A directory in the temporary one is left over; nothing of a result depends on it.
    }
  }
}
