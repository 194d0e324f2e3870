package dev.gale.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gale.cli.GaleRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that can't be written is the request's fault, whenever that is seen, and is told in the system's words. */
final class UnwritableOutputTest {

  private static final String RUN =
      "run attention --device host:0 --heads 1 --seq-len 8 --head-dim 4 --repeat 1 ";
  private static final String BENCH =
      "bench --rounds 1 --sample-millis 1 --warm-up 0 --operator matmul --shape 17 --variant plain"
          + " --threads 1 --peers none ";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource({"--output, o.npy", "--weights, w.npy"})
  void namesTheFileAndTheReason_whenTheDiskIsFull(String option, String name) throws Exception {
    Path target = directory.resolve(name);
    // Where the output is written before it is renamed: a device that is always full.
    Path part = directory.resolve("." + name + "." + ProcessHandle.current().pid() + ".part");
    Files.createSymbolicLink(part, Path.of("/dev/full"));
    GaleRun run = GaleRun.without(directory, (RUN + option + " " + target).split(" "));
    String message = option + ": " + target + ": cannot be written: No space left on device";
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.complaints()).containsExactly("gale: " + message);
    assertThat(target).doesNotExist();
    assertThat(part).doesNotExist();

    Files.createSymbolicLink(part, Path.of("/dev/full"));
    GaleRun json = GaleRun.without(directory, (RUN + "--json " + option + " " + target).split(" "));
    assertThat(json.status()).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(json.out()).get("error").get("message").asText())
        .isEqualTo(message);
  }

  @Test
  void givesTheSystemsReason_whenAnOutputCannotBeMade() {
    Path target = directory.resolve("o".repeat(251) + ".npy");
    GaleRun run = GaleRun.without(directory, (RUN + "--output " + target).split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.complaints())
        .containsExactly("gale: --output: " + target + ": cannot be written: File name too long");
  }

  @ParameterizedTest
  @CsvSource({"--csv", "--json"})
  void isToldOfBenchToo(String option) {
    Path target = directory.resolve("nowhere/bench");
    GaleRun run = GaleRun.without(directory, (BENCH + option + " " + target).split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.complaints())
        .containsExactly(
            "gale: " + option + ": " + target + ": cannot be written: no such file or directory");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isToldOfBenchToo_whenTheDiskIsFull() {
    GaleRun run = GaleRun.without(directory, (BENCH + "--csv /dev/full").split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.complaints())
        .containsExactly("gale: --csv: /dev/full: cannot be written: No space left on device");
  }
}
