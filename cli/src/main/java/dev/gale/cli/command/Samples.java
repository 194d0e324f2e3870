package dev.gale.cli.command;

import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.npy.NpyInput.Types;
import dev.gale.cli.work.AttentionWorkload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples that come with gale, as files: they are read like anybody's. */
final class Samples implements AutoCloseable {

  private final List<Path> files = new ArrayList<>();
  private @Nullable Path directory;

  /** Queries, keys and values of a sample. */
  AttentionWorkload.Input attention(String sample) {
    return new AttentionWorkload.Input(
        file(sample, "queries"), file(sample, "keys"), file(sample, "values"));
  }

  private NpyInput file(String sample, String tensor) {
    String resource = "/samples/" + sample + "/" + tensor + ".npy";
    try (InputStream in = Samples.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the build");
      }
      if (directory == null) {
        directory = Files.createTempDirectory("gale-samples-");
        directory.toFile().deleteOnExit();
      }
      Path file = directory.resolve(sample + "-" + tensor + ".npy");
      Files.copy(in, file);
      file.toFile().deleteOnExit();
      files.add(file);
      return Checks.file(tensor, file, Types.FLOATS);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      if (directory != null) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
