package dev.gale.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.cli.common.Surroundings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerClassPathTest {

  private static final KnownPeer PEER = KnownPeer.byId("openblas");

  @TempDir private Path checkout;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectories(checkout.resolve("peers/target"));
  }

  @Test
  void isTheModulesJarAndWhatItsBuildWrote() throws Exception {
    Path jar = Files.createFile(target.resolve("gale-peers-1.jar"));
    Files.writeString(target.resolve("peer.classpath"), "a.jar" + File.pathSeparator + "b.jar\n");
    assertThat(PeerClassPath.of(PEER, surroundings(Map.of("GALE_HOME", checkout.toString()))))
        .isEqualTo(String.join(File.pathSeparator, jar.toString(), "a.jar", "b.jar"));
  }

  @Test
  void isNone_whenTheModuleWasNotBuilt() throws Exception {
    assertThat(PeerClassPath.of(PEER, surroundings(Map.of("GALE_HOME", checkout.toString()))))
        .isNull();
  }

  @Test
  void isNone_whenTheCheckoutIsNotKnown() throws Exception {
    assertThat(PeerClassPath.of(PEER, surroundings(Map.of()))).isNull();
  }

  private Surroundings surroundings(Map<String, String> environment) {
    return new Surroundings(System.out, System.err, environment, checkout, false);
  }
}
