package dev.gale.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ParentDeathTest {

  @TempDir private Path home;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void endsTheWorker_whenTheParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
    Optional<ProcessHandle> worker = Optional.empty();
    while (worker.isEmpty() && parent.isAlive()) {
      Thread.sleep(20);
      worker = parent.children().findFirst();
    }
    ProcessHandle alive = worker.orElseThrow();
    parent.destroyForcibly().waitFor();
    alive.onExit().get(60, TimeUnit.SECONDS);
    assertThat(alive.isAlive()).isFalse();
  }
}
