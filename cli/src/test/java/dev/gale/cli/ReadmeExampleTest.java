package dev.gale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.Attention;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.Devices;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The README's example compiles and runs, because it stands here too. */
final class ReadmeExampleTest {

  private static final Path HERE =
      Path.of("src/test/java", ReadmeExampleTest.class.getName().replace('.', '/') + ".java");

  @Test
  void runs() {
    Device device = Devices.best();
    AttentionShape shape = AttentionShape.self(1, 8, 256, 64); // batch, heads, seqLen, headDim
    AttentionOptions options = AttentionOptions.of(shape).withCausal(true);
    AttentionBuffers buffers =
        new AttentionBuffers(
            new FloatArray(shape.queriesElements()),
            new FloatArray(shape.keysElements()),
            new FloatArray(shape.valuesElements()),
            AttentionBuffers.noMask(),
            new FloatArray(shape.outputElements()),
            new FloatArray(shape.lseElements()));
    try (Attention attention =
        new Attention(
            device,
            VariantChoice.attention(device.info(), shape, options),
            shape,
            options,
            PlanOptions.DEFAULT,
            buffers)) {
      buffers.queries().init(1); // fill queries, keys and values, then run, as often as wanted
      RunReport report = attention.run();
      System.out.println(report.kernelNanos() + " ns in kernels on " + device);
    }
    // Values of zeros give an output of zeros.
    assertThat(buffers.output().toHeapArray()).containsOnly(0);
  }

  @Test
  void standsInTheReadme() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("```java\n") + "```java\n".length();
    String example = readme.substring(start, readme.indexOf("```", start));
    assertThat(Files.readString(HERE)).contains(example.indent(4));
  }
}
