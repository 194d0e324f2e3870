package dev.gale.cli.process;

import dev.gale.cli.common.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JVM flags of a TornadoVM SDK, as its launcher prints them. The launcher takes a quarter of a second, so its answer is
 * kept in the user's cache directory until the SDK or the JDK is another one.
 */
final class SdkFlags {

  private static final long LAUNCHER_SECONDS = 30;

  private SdkFlags() {}

  /**
   * The flags, without the {@code java} they begin with.
   *
   * @param limit how long the launcher may take, if that is less than {@value #LAUNCHER_SECONDS} s
   * @throws WorkerFailedException if the launcher fails
   */
  static List<String> of(
      Sdk.Installed sdk, Path javaHome, Surroundings surroundings, Duration limit)
      throws WorkerFailedException {
    String key = key(sdk, javaHome);
    Path cache = cacheFile(sdk, surroundings);
    List<String> kept = lines(cache);
    if (!kept.isEmpty() && kept.getFirst().equals(key)) {
      return kept.subList(1, kept.size());
    }
    List<String> flags = ask(sdk, javaHome, limit);
    keep(cache, Stream.concat(Stream.of(key), flags.stream()).toList());
    return flags;
  }

  private static List<String> ask(Sdk.Installed sdk, Path javaHome, Duration limit)
      throws WorkerFailedException {
    String command = sdk.launcher() + " --printJavaFlags";
    long seconds = Math.min(LAUNCHER_SECONDS, limit.toSeconds());
    try (PrivateDirectory directory = PrivateDirectory.create()) {
      Path output = directory.path().resolve("flags.txt");
      ProcessBuilder builder = new ProcessBuilder(sdk.launcher().toString(), "--printJavaFlags");
      builder.environment().put("TORNADOVM_HOME", sdk.home().toString());
      builder.environment().put("JAVA_HOME", javaHome.toString());
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      Process launcher = Ending.process(builder::start);
      try {
        if (!launcher.waitFor(seconds, TimeUnit.SECONDS)) {
          throw new WorkerFailedException(
              command + ": no answer in " + seconds + " s; its process was killed");
        }
        Ending.holdIfEnding(launcher.exitValue());
      } finally {
        // It is a script, whose own children would stay.
        Ending.kill(launcher);
        Ending.forget(launcher);
      }
      String text = Files.readString(output).strip();
      if (launcher.exitValue() != 0) {
        throw new WorkerFailedException(
            command + ": status " + launcher.exitValue() + ": " + Text.lastLine(text));
      }
      return parse(command, text);
    } catch (IOException failure) {
      throw new WorkerFailedException(command + ": " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WorkerFailedException(command + ": interrupted", interrupted);
    }
  }

  private static List<String> parse(String command, String text) throws WorkerFailedException {
    // The flags are the line that begins with the path of a java; a launcher may print advice
    // before it.
    for (String line : text.lines().toList()) {
      List<String> words = Arrays.asList(line.strip().split("\\s+"));
      if (words.getFirst().endsWith("java") && words.size() > 1) {
        return words.subList(1, words.size());
      }
    }
    throw new WorkerFailedException(
        command + ": no line of JVM flags in its output: " + Text.lastLine(text));
  }

  /** What the flags depend on. */
  static String key(Sdk.Installed sdk, Path javaHome) {
    StringBuilder key = new StringBuilder(sdk.home() + " " + javaHome);
    for (String part : List.of("bin/tornado", "share/java/tornado", "etc/exportLists", "lib")) {
      Path path = sdk.home().resolve(part);
      key.append(' ').append(path.toFile().lastModified());
    }
    return key.toString();
  }

  private static Path cacheFile(Sdk.Installed sdk, Surroundings surroundings) {
    return surroundings.cache().resolve("tornado-flags-" + hash(sdk.home()) + ".txt");
  }

  private static String hash(Path home) {
    return Integer.toHexString(home.toString().hashCode());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException nothingKept) {
      return List.of();
    }
  }

  private static void keep(Path file, List<String> lines) {
    try {
      Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
      Path part = Files.createTempFile(directory, "tornado-flags-", ".part");
      Files.write(part, lines);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException notKept) {
      // A cache that can't be written costs time, no more.
    }
  }
}
