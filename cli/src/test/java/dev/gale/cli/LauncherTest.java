package dev.gale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command's own JVM has none of the flags that its workers have: no vectors, no exports. */
class LauncherTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "run attention --help",
        "run attention --device host:0 --heads 1 --seq-len 8 --repeat 1",
        "run multihead --device host:0 --heads 1 --seq-len 4 --head-dim 4 --repeat 1",
        "tune --device host:0 --forget"
      })
  void needsNoFlags(String words) throws Exception {
    Path output = directory.resolve("output");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Gale.class.getName()));
    command.addAll(List.of(words.split(" ")));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().remove("TORNADOVM_HOME");
    int status = builder.start().waitFor();
    assertThat(status).as(Files.readString(output)).isZero();
  }
}
