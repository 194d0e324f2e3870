package dev.gale.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParentDeathTest {

  @TempDir private Path home;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void endsTheWorker_whenTheParentIsKilled() throws Exception {
    Process parent = start();
    ProcessHandle alive = worker(parent);
    parent.destroyForcibly().waitFor();
    alive.onExit().get(60, TimeUnit.SECONDS);
    assertThat(alive.isAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void blamesNobodyAndLeavesNothing_whenItIsInterrupted(boolean workerToo) throws Exception {
    Process parent = start();
    ProcessHandle worker = worker(parent);
    if (workerToo) {
      // As from a terminal, which tells both.
      worker.destroy();
    }
    parent.destroy();
    parent.waitFor();
    assertThat(worker.isAlive()).isFalse();
    assertThat(Files.readString(home.resolve("log"))).doesNotContain("gale: ");
    assertThat(home.resolve("tmp")).isEmptyDirectory();
  }

  private Process start() throws IOException {
    Files.createDirectories(home.resolve("tmp"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + home.resolve("tmp"),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.gale.cli.Gale",
            "run",
            "attention",
            "--device",
            "host:0",
            "--seq-len",
            "4096")
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("log").toFile())
        .start();
  }

  private static ProcessHandle worker(Process parent) throws InterruptedException {
    Optional<ProcessHandle> worker = Optional.empty();
    while (worker.isEmpty() && parent.isAlive()) {
      Thread.sleep(20);
      worker = parent.children().findFirst();
    }
    return worker.orElseThrow();
  }
}
