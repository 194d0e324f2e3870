package dev.gale.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gale.cli.GaleRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that crashes, hangs, lies or is not there costs its own row and no more. */
final class WorkerFailureTest {

  private static final String SMALL = "--m 4 --n 4 --k 4 --repeat 1 --variant plain";

  @TempDir private Path home;
  @TempDir private Path sdk;

  @Test
  void runsOnTheSdksDevice_whenAllIsWell() throws Exception {
    GaleRun run = matmul(Fault.NONE, "");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("device    opencl:0 (").contains("passed: 16 of 16 elements");
  }

  @Test
  void costsItsRowOnly_whenTheDeviceCrashes() throws Exception {
    GaleRun run = matmul(Fault.CRASH_WHEN_RUNNING, "--device all");
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("opencl:0 +- +no result"))
        .anyMatch(line -> line.matches("host:0 +plain +passed .*"));
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .contains("device opencl:0: worker process crashed with SIGSEGV (0xb) in ")
        .contains("log: ");
    assertThat(run.err()).hasLineCount(3);
  }

  @Test
  void costsItsRowOnly_whenTheDeviceHangs() throws Exception {
    GaleRun run = matmul(Fault.HANG_WHEN_RUNNING, "--device all --timeout 10 --json");
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    JsonNode results = new ObjectMapper().readTree(run.out()).get("results");
    assertThat(results).hasSize(2);
    assertThat(results.get(0).get("device").asText()).isEqualTo("opencl:0");
    assertThat(results.get(0).get("error").get("status").asInt()).isEqualTo(3);
    assertThat(results.get(0).get("error").get("message").asText())
        .startsWith("device opencl:0: no sign of life for 10 s (");
    assertThat(results.get(1).get("device").asText()).isEqualTo("host:0");
    assertThat(results.get(1).get("validation").get("verdict").asText()).isEqualTo("passed");
  }

  @Test
  void hasARowForTheRuntime_whenItCrashesWhileListing() throws Exception {
    GaleRun run = matmul(Fault.CRASH_WHEN_LISTING, "--device all");
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("tornadovm +- +no result"))
        .anyMatch(line -> line.matches("host:0 +plain +passed .*"));
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .startsWith("gale: TornadoVM at " + sdk + ": worker process crashed with SIGSEGV (");
  }

  @Test
  void saysWhyItRunsOnTheJvm_whenTheSdkCannotListItsDevices() throws Exception {
    GaleRun run = matmul(Fault.THROW_WHEN_LISTING, "");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("device    host:0 (");
    assertThat(run.complaints())
        .containsExactly(
            "gale: TornadoVM at "
                + sdk
                + " cannot list its devices: IllegalStateException: no platform found;"
                + " the best device found is host:0");
  }

  @Test
  void saysWhyItRunsOnTheJvm_whenTheSdkHasNoDevice() throws Exception {
    GaleRun run = matmul(Fault.NO_DEVICE, "");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.complaints())
        .containsExactly(
            "gale: TornadoVM at " + sdk + " has no device; the best device found is host:0");
  }

  @Test
  void isKilled_whenItHangsBeforeAnyWork() throws Exception {
    GaleRun run = matmul(Fault.HANG_WHEN_LISTING, "--device opencl:0 --timeout 2");
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .startsWith(
            "gale: device opencl:0: no sign of life for 2 s (starting); its process was killed");
  }

  @Test
  void writesNoFile_whenTheResultIsWrong() throws Exception {
    Path output = home.resolve("c.npy");
    Files.writeString(output, "before");
    GaleRun run = matmul(Fault.WRONG_RESULT, "--output " + output);
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("FAILED: 12 of 16 elements within bounds")
        .doesNotContain("GFLOP");
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .startsWith("gale: matmul on opencl:0: c[0,3] ")
        .contains("4 of 16")
        .contains("seed 42");
    assertThat(output).hasContent("before");
    assertThat(leftInHome()).isZero();
  }

  @Test
  void writesNoFile_whenTheDeviceCrashes() throws Exception {
    Path output = home.resolve("c.npy");
    GaleRun run = matmul(Fault.CRASH_WHEN_RUNNING, "--output " + output);
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(output).doesNotExist();
    assertThat(leftInHome()).isZero();
  }

  @Test
  void namesWhatItFound_whenTheDeviceIsNotThere() throws Exception {
    GaleRun run = matmul(Fault.NONE, "--device opencl:1");
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .startsWith("gale: device opencl:1: not found; found opencl:0 (")
        .contains(", CPU), host:0 (");
  }

  @Test
  void saysWhereItLooked_whenThereIsNoSdk() {
    GaleRun run = GaleRun.without(home, ("run matmul --device opencl:0 " + SMALL).split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .startsWith("gale: device opencl:0: not found; found host:0 (")
        .contains("no TornadoVM SDK: TORNADOVM_HOME is not set")
        .contains(home.resolve(".gale/tornadovm").toString());
  }

  @Test
  void saysSo_whenTornadovmHomeIsNoSdk() {
    GaleRun run = GaleRun.with(sdk, home, ("run matmul --device opencl:0 " + SMALL).split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .contains("TORNADOVM_HOME is " + sdk + ", which has no executable bin/tornado");
  }

  @Test
  void saysSo_whenTheLauncherFails() throws Exception {
    FakeSdk.withLauncher(sdk, "echo JAVA_HOME is wrong >&2; exit 7");
    GaleRun run = GaleRun.with(sdk, home, ("run matmul --device opencl:0 " + SMALL).split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.complaints())
        .containsExactly(
            "gale: device opencl:0: "
                + sdk
                + "/bin/tornado --printJavaFlags: status 7: JAVA_HOME is wrong");
  }

  @Test
  void refusesFlagsThatAreNone_whenTheLauncherPrintsSomethingElse() throws Exception {
    FakeSdk.withLauncher(sdk, "echo hello");
    GaleRun run = GaleRun.with(sdk, home, ("run matmul --device opencl:0 " + SMALL).split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.complaints()).singleElement().asString().contains("no line of JVM flags");
  }

  private GaleRun matmul(Fault fault, String options) throws Exception {
    FakeSdk.create(sdk, fault);
    return GaleRun.with(sdk, home, ("run matmul " + SMALL + " " + options).strip().split(" "));
  }

  /** Files that a run left beside its output. */
  private long leftInHome() throws Exception {
    try (Stream<Path> files = Files.list(home)) {
      return files.filter(file -> file.toString().endsWith(".part")).count();
    }
  }
}
