package dev.gale.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.cli.GaleRun;
import dev.gale.cli.common.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SdkTest {

  @TempDir private Path home;
  @TempDir private Path other;

  @Test
  void findsTheNamedOne_beforeAllOthers() throws Exception {
    FakeSdk.withLauncher(home.resolve(".gale/tornadovm"), "");
    FakeSdk.withLauncher(other, "");
    assertThat(find(Map.of("TORNADOVM_HOME", other.toString())))
        .isEqualTo(new Sdk.Installed(other));
  }

  @Test
  void doesNotLookFurther_whenTheNamedOneIsWrong() throws Exception {
    FakeSdk.withLauncher(home.resolve(".gale/tornadovm"), "");
    assertThat(find(Map.of("TORNADOVM_HOME", other.toString()))).isInstanceOf(Sdk.Broken.class);
  }

  @Test
  void findsSdkmans_beforeGales() throws Exception {
    FakeSdk.withLauncher(home.resolve(".gale/tornadovm"), "");
    Path sdkman = FakeSdk.withLauncher(other.resolve("candidates/tornadovm/current"), "");
    assertThat(find(Map.of("SDKMAN_DIR", other.toString()))).isEqualTo(new Sdk.Installed(sdkman));
  }

  @Test
  void findsGales_whenThereIsNoOther() throws Exception {
    Path gales = FakeSdk.withLauncher(home.resolve(".gale/tornadovm"), "");
    assertThat(find(Map.of("TORNADOVM_HOME", ""))).isEqualTo(new Sdk.Installed(gales));
  }

  @Test
  void asksTheLauncherOnce_untilTheSdkChanges() throws Exception {
    FakeSdk.create(other, Fault.NONE);
    Path launches = other.resolve("launches");
    GaleRun.with(other, home, "devices");
    GaleRun.with(other, home, "devices");
    assertThat(launches).hasContent("launched");
    Path launcher = other.resolve("bin/tornado");
    Files.setLastModifiedTime(
        launcher, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 5000));
    GaleRun run = GaleRun.with(other, home, "devices");
    assertThat(launches).hasContent("launched\nlaunched");
    assertThat(run.out()).contains("opencl:0").contains("host:0");
  }

  @Test
  @Timeout(value = 25, unit = TimeUnit.SECONDS)
  void waitsNoLongerThanTheTimeout_forALauncherThatHangs_andEndsItsChildren() throws Exception {
    Path child = home.resolve("child");
    FakeSdk.withLauncher(other, "sleep 60 &\necho $! > " + child + "\nwait");
    GaleRun run = GaleRun.with(other, home, "devices", "--timeout", "2");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out() + run.err()).contains("no answer in 2 s; its process was killed");
    long pid = Long.parseLong(Files.readString(child).strip());
    ProcessHandle sleep = ProcessHandle.of(pid).orElse(null);
    if (sleep != null) {
      sleep.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private Sdk find(Map<String, String> environment) {
    return Sdk.find(new Surroundings(System.out, System.err, environment, home, false));
  }
}
