package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;

class JvmFlagsTest {

  /** Begins a task graph, which loads the runtime. */
  static final class Begin {
    public static void main(String[] arguments) {
      new TaskGraph("g");
      System.out.println("begun");
    }
  }

  private static String begin(String... flags) throws Exception {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(List.of(flags));
    builder
        .command()
        .addAll(
            List.of(
                "-Dtornado.load.api.implementation=" + HostTaskGraph.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                Begin.class.getName()));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void messageHasTheMissingFlags() throws Exception {
    assertThat(begin("--add-exports", "java.base/jdk.internal.reflect=ALL-UNNAMED"))
        .contains(
            "the JVM device needs the JVM flags --add-exports java.base/jdk.internal.access=ALL-UNNAMED"
                + " --add-exports java.base/jdk.internal.vm=ALL-UNNAMED")
        .doesNotContain("begun");
  }

  @Test
  void graphBegins_whenAllFlagsAreThere() throws Exception {
    assertThat(
            begin(
                "--add-exports",
                "java.base/jdk.internal.reflect=ALL-UNNAMED",
                "--add-exports",
                "java.base/jdk.internal.access=ALL-UNNAMED",
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED"))
        .contains("begun");
  }
}
