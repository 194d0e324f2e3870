package dev.gale.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report that a JVM leaves when it crashes. */
final class CrashReport {

  /** Its name in a worker's directory. */
  static final String FILE = "crash.log";

  private static final String FRAME = "# Problematic frame:";

  private CrashReport() {}

  /** What crashed it and where, as in {@code SIGSEGV (0xb) in C [libpocl.so.2+0x1234]}; null without a report. */
  static @Nullable String describe(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().limit(40).toList();
    String cause =
        lines.stream()
            .map(line -> line.replaceFirst("^# +", ""))
            .filter(line -> line.startsWith("SIG") || line.contains("Error"))
            .findFirst()
            .orElse("a JVM error")
            .replaceFirst(" at pc=.*", "");
    int frame = lines.indexOf(FRAME);
    return frame < 0 || frame + 1 >= lines.size()
        ? cause
        : cause + " in " + lines.get(frame + 1).replaceFirst("^# +", "").replaceAll("\\s+", " ");
  }
}
