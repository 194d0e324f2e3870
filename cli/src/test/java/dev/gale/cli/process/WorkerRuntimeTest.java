package dev.gale.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.cli.common.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerRuntimeTest {

  private static final Surroundings SURROUNDINGS = Surroundings.ofThisProcess();

  @Test
  void bindsTheJvmDeviceToTheThreadsThatAreAskedFor() {
    assertThat(new WorkerRuntime.Host(SURROUNDINGS, 3).jvmArguments())
        .contains("-Dgale.host.threads=3");
    assertThat(new WorkerRuntime.Host(SURROUNDINGS, null).jvmArguments())
        .noneMatch(argument -> argument.startsWith("-Dgale.host.threads"));
  }

  @Test
  void bindsADriverOnTheProcessorToTheThreadsThatAreAskedFor() {
    Sdk.Installed sdk = new Sdk.Installed(Path.of("sdk"));
    assertThat(new WorkerRuntime.Tornado(sdk, SURROUNDINGS, 3, Duration.ofSeconds(1)).environment())
        .containsEntry("POCL_MAX_PTHREAD_COUNT", "3")
        .containsEntry("TORNADOVM_HOME", "sdk");
    assertThat(
            new WorkerRuntime.Tornado(sdk, SURROUNDINGS, null, Duration.ofSeconds(1)).environment())
        .containsOnlyKeys("TORNADOVM_HOME");
  }
}
