package dev.gale.cli.command;

import dev.gale.cli.common.FileFailure;
import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.work.OutputFile;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files a request writes. Each is reserved before the work starts, as an empty file beside its target, which shows
 * that it can be written; it becomes the target when the result is right, and goes otherwise, whatever ends the command.
 */
final class Outputs implements AutoCloseable {

  private final List<OutputFile> files = new ArrayList<>();
  private final Thread cleanUp = new Thread(this::discard, "discard-outputs");

  Outputs() {
    Runtime.getRuntime().addShutdownHook(cleanUp);
  }

  /**
   * Reserves an output.
   *
   * @param option the option that names it; null-safe: nothing happens without a target
   * @param name the output's name
   * @param target the file as the user named it
   * @param shape the sizes of its axes
   * @param suffixes what its name may end in
   */
  void add(
      String option, String name, @Nullable Path target, List<Integer> shape, String... suffixes) {
    if (target == null) {
      return;
    }
    String label = option + ": " + target;
    String say = label + ": ";
    if (List.of(suffixes).stream().noneMatch(target.toString()::endsWith)) {
      throw GaleException.badRequest(say + "expected a name that ends in " + either(suffixes));
    }
    Path absolute = resolve(target);
    if (Files.isDirectory(absolute)) {
      throw GaleException.badRequest(say + "cannot be written: it is a directory");
    }
    Path directory = absolute.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw GaleException.badRequest(
          say + "cannot be written: " + directory + " is not a directory");
    }
    if (files.stream().anyMatch(other -> other.target().equals(absolute))) {
      throw GaleException.badRequest(say + "named for two outputs");
    }
    if (Files.exists(absolute) && !Files.isWritable(absolute)) {
      throw GaleException.badRequest(say + "cannot be written: no permission");
    }
    try {
      // Not createTempFile, which makes files that nobody else may read.
      Path part =
          directory.resolve(
              "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      Files.newOutputStream(part).close();
      files.add(new OutputFile(name, label, absolute, part, shape));
    } catch (IOException failure) {
      throw FileFailure.notWritten(label, failure);
    }
  }

  /** Refuses outputs that would overwrite an input. */
  void checkAgainst(List<NpyInput> inputs) {
    for (NpyInput input : inputs) {
      for (OutputFile file : files) {
        if (file.target().equals(resolve(input.path()))) {
          throw GaleException.badRequest(
              file.name() + ": " + file.target() + ": would overwrite the input " + input.name());
        }
      }
    }
  }

  List<OutputFile> files() {
    return List.copyOf(files);
  }

  /** Makes every output its target. */
  void commit() {
    for (OutputFile file : files) {
      try {
        move(file.part(), file.target());
      } catch (IOException failure) {
        throw FileFailure.notWritten(file.label(), failure);
      }
    }
  }

  @Override
  public void close() {
    discard();
    try {
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    } catch (IllegalStateException endingAlready) {
      // The hook does the same.
    }
  }

  private void discard() {
    for (OutputFile file : files) {
      try {
        Files.deleteIfExists(file.part());
      } catch (IOException left) {
        // An empty hidden file is left over; there is nobody to tell.
      }
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Absolute, links followed, so that a link's file is replaced and not the link. */
  private static Path resolve(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException notThere) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static String either(String... suffixes) {
    return String.join(" or ", suffixes);
  }
}
