package dev.gale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.testing.RequiresDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with the SDK that TORNADOVM_HOME names, as tornado-env.sh sets it. */
@RequiresDevice
final class GaleDeviceIT {

  @TempDir private Path home;
  private Path sdk = Path.of("");

  @BeforeEach
  void findSdk() {
    String named = System.getenv("TORNADOVM_HOME");
    String missing = "TORNADOVM_HOME is not set: gale would not find the SDK";
    assertThat(named != null || System.getProperty("gale.require.backend", "").isBlank())
        .as(missing)
        .isTrue();
    assumeTrue(named != null, missing);
    sdk = Path.of(Objects.requireNonNull(named));
  }

  @Test
  void listsTheSdksDevicesAndTheJvm(Device device) throws Exception {
    JsonNode devices = json("devices", "--json").get("devices");
    List<String> names = new ArrayList<>();
    devices.forEach(node -> names.add(node.get("device").asText()));
    assertThat(names).contains(device.id().toString()).endsWith("host:0");
    for (JsonNode node : devices) {
      assertThat(node.get("computeUnits").asInt()).isPositive();
      assertThat(node.get("globalMemoryBytes").asLong()).isPositive();
      assertThat(node.get("localMemoryBytes").asLong()).isPositive();
      // Of a processor it is known here, of a GPU there is nothing to know.
      assertThat(node.get("vectorFloats").asInt() > 0)
          .isEqualTo(List.of("CPU", "JVM").contains(node.get("kind").asText()));
      assertThat(node.get("fp16").isBoolean()).isTrue();
      assertThat(node.get("fp64").isBoolean()).isTrue();
    }
  }

  @Test
  void runsOnTheDeviceAndProvesIt_whenNoneIsNamed() throws Exception {
    JsonNode result =
        json("run attention --heads 2 --seq-len 33 --causal --repeat 2 --json".split(" "));
    assertThat(result.get("device").asText()).isNotEqualTo("host:0");
    assertThat(result.get("validation").get("verdict").asText()).isEqualTo("passed");
    assertThat(result.get("proof").get("minKernelNanos").asLong()).isPositive();
    assertThat(result.get("proof").get("tornadoRecoverBailout").asText()).isEqualTo("False");
  }

  @Test
  void runsEveryDevice_whenAskedForAll(Device device) throws Exception {
    JsonNode results =
        json("run softmax --rows 17 --cols 33 --repeat 1 --device all --json".split(" "))
            .get("results");
    List<String> names = new ArrayList<>();
    for (JsonNode result : results) {
      names.add(result.get("device").asText());
      assertThat(result.get("validation").get("verdict").asText()).isEqualTo("passed");
    }
    assertThat(names).contains(device.id().toString(), "host:0");
  }

  private JsonNode json(String... args) throws Exception {
    GaleRun run = GaleRun.with(sdk, home, args);
    assertThat(run.status()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }
}
