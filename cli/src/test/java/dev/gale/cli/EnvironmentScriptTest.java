package dev.gale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.cli.process.FakeSdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tornado-env.sh as far as it goes without a build. */
final class EnvironmentScriptTest {

  private static final Path SCRIPT = Path.of("..", "tornado-env.sh").toAbsolutePath().normalize();

  @TempDir private Path home;

  private record Answer(int status, String text) {}

  @Test
  void setsTheVariables_whenSourced() throws Exception {
    Path sdk = FakeSdk.withLauncher(home.resolve(".gale/tornadovm"), "");
    Answer answer =
        bash(". '" + SCRIPT + "' && echo \"$TORNADOVM_HOME|$GALE_HOME|${PATH%%:*}|$JAVA_HOME\"");
    assertThat(answer.status()).as(answer.text()).isZero();
    String[] values = answer.text().strip().split("\\|");
    assertThat(values[0]).isEqualTo(sdk.toString());
    assertThat(values[1]).isEqualTo(SCRIPT.getParent().toString());
    assertThat(values[2]).isEqualTo(values[3] + "/bin");
    assertThat(Path.of(values[3], "bin", "javac")).isExecutable();
  }

  @Test
  void leavesNothingElseBehind_whenSourced() throws Exception {
    Answer answer =
        bash(
            "before=$(set | wc -l); . '"
                + SCRIPT
                + "'; set | grep -c '^_gale' ; set +o | grep -c 'nounset'; true");
    assertThat(answer.text().lines().findFirst()).hasValue("0");
  }

  @Test
  void findsAJdkOfItsOwn_whenJavaHomeIsTooOld() throws Exception {
    Path old = fakeJdk("old", "17.0.9");
    Path good = fakeJdk(".sdkman/candidates/java/25.0.1-tem", "25.0.1");
    Answer answer = bash("export JAVA_HOME='" + old + "'; . '" + SCRIPT + "'; echo $JAVA_HOME");
    assertThat(answer.text().strip()).isEqualTo(good.toString());
  }

  @Test
  void keepsJavaHome_whenItIsNewEnough() throws Exception {
    Path newer = fakeJdk("newer", "26-ea");
    fakeJdk(".sdkman/candidates/java/25.0.1-tem", "25.0.1");
    Answer answer = bash("export JAVA_HOME='" + newer + "'; . '" + SCRIPT + "'; echo $JAVA_HOME");
    assertThat(answer.text().strip()).isEqualTo(newer.toString());
  }

  @Test
  void explainsItself_whenTheCommandIsUnknown() throws Exception {
    Answer answer = bash("'" + SCRIPT + "' walk");
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.text())
        .contains("unknown command: walk")
        .contains("usage: ./tornado-env.sh run");
  }

  @Test
  void buildsTheOtherLibrariesIn_whenTheirProfileComes_andNothingWhenItGoes() throws Exception {
    Path copy = Files.copy(SCRIPT, home.resolve("tornado-env.sh"));
    Path maven = home.resolve("mvnw");
    Files.writeString(maven, "#!/bin/sh\necho \"$@\" >> maven-calls\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    for (String words : List.of("build", "build -Ppeers", "build -Ppeers", "build")) {
      Answer answer = bash("bash '" + copy + "' " + words);
      assertThat(answer.status()).as(answer.text()).isZero();
    }
    assertThat(Files.readAllLines(home.resolve("maven-calls")))
        .containsExactly(
            "-B -pl cli -am -DskipTests package",
            "-B -pl cli,peers,peers-nd4j -am -DskipTests -Ppeers package");
  }

  @Test
  void findsItsFolder_whenCalledThroughLinks() throws Exception {
    Path folder = Files.createDirectories(home.resolve("deep/gale"));
    Path copy = Files.copy(SCRIPT, folder.resolve("tornado-env.sh"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path link = Files.createSymbolicLink(bin.resolve("gale-env"), Path.of("../deep/link"));
    Files.createSymbolicLink(home.resolve("deep/link"), copy);
    Path maven = folder.resolve("mvnw");
    Files.writeString(maven, "#!/bin/sh\necho \"$@\" >> maven-calls\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Answer answer = bash("bash '" + link + "' build");
    assertThat(answer.status()).as(answer.text()).isZero();
    assertThat(folder.resolve("maven-calls")).exists();
  }

  @Test
  void passesOn_thatMavenDoesNotKnowAProfile() throws Exception {
    Path copy = Files.copy(SCRIPT, home.resolve("tornado-env.sh"));
    Path maven = home.resolve("mvnw");
    String warning =
        "[WARNING] The requested profile \"foo\" could not be activated because it does not exist.";
    Files.writeString(maven, "#!/bin/sh\necho '[INFO] quiet'\necho '" + warning + "'\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Answer answer = bash("bash '" + copy + "' build -Pfoo");
    assertThat(answer.status()).as(answer.text()).isZero();
    assertThat(answer.text()).contains(warning).doesNotContain("quiet");
  }

  private Path fakeJdk(String name, String version) throws IOException {
    Path jdk = home.resolve(name);
    Path javac = Files.createDirectories(jdk.resolve("bin")).resolve("javac");
    Files.createFile(javac);
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private Answer bash(String command) throws Exception {
    Path output = home.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                "JAVA_HOME",
                System.getProperty("java.home")));
    int status = builder.start().waitFor();
    return new Answer(status, Files.readString(output, StandardCharsets.UTF_8));
  }
}
