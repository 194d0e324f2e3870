package dev.gale.cli.process;

import dev.gale.host.HostRuntime;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Class paths of workers. */
final class ClassPath {

  private ClassPath() {}

  /** That of this process: with the JVM device and an API of its own. */
  static String withHost() {
    return entries().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Without the JVM device and the API, for an SDK that brings its own as named modules. */
  static String withoutHost() {
    Set<Path> left = Set.of(origin(HostRuntime.class), origin(TaskGraph.class));
    return entries().stream()
        .filter(entry -> !left.contains(entry))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .toList();
  }

  /** The archive or directory that a class is from. */
  static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath()
          .normalize();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
