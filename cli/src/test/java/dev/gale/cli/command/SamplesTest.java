package dev.gale.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.work.AttentionWorkload;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.reference.ProbabilitiesReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The samples are what their README says, and so are their weights. */
final class SamplesTest {

  private static final Path README = Path.of("..", "samples", "README.md");

  private final Samples samples = new Samples();

  @AfterEach
  void deleteFiles() {
    samples.close();
  }

  @Test
  void dotProductHasTheNumbersOfTheWorkedExample() throws Exception {
    AttentionWorkload.Input input = samples.attention("dot-product");
    assertThat(values(input.queries())).containsExactly(1.0f, 0.8f);
    assertThat(values(input.keys())).containsExactly(0.9f, 0.1f, 0.8f, 0.2f, 0.7f, 0.9f);
    assertThat(values(input.values())).containsExactly(1.0f, 0.1f, 0.9f, 0.2f, 0.8f, 0.3f);
    assertThat(Files.readString(README)).contains(weights(input));
  }

  @Test
  void weightsHasTheNumbersOfTheWorkedExample() throws Exception {
    AttentionWorkload.Input input = samples.attention("weights");
    assertThat(values(input.queries())).containsExactly(2, 3, 1);
    assertThat(values(input.keys())).containsExactly(1, 2, 1, 1, 1, 2);
    assertThat(values(input.values())).containsExactly(1, 0, 0, 1);
    assertThat(Files.readString(README)).contains(weights(input));
  }

  @Test
  void positionsAreSinusoids_asTheReadmeSays() throws Exception {
    AttentionWorkload.Input input = samples.attention("positions");
    int[] back = {0, 1, 8, 0};
    double[] sharpness = {6, 6, 6, 1.5};
    float[] queries = values(input.queries());
    float[] keys = values(input.keys());
    assertThat(input.queries().shape()).containsExactly(4, 48, 32);
    for (int head = 0; head < 4; head++) {
      for (int position = 0; position < 48; position++) {
        for (int c = 0; c < 32; c++) {
          int at = (head * 48 + position) * 32 + c;
          assertThat(queries[at])
              .isEqualTo((float) (sharpness[head] * sinusoid(position - back[head], c)));
          assertThat(keys[at]).isEqualTo((float) sinusoid(position, c));
        }
      }
    }
    assertThat(values(input.values())).containsExactly(keys);
  }

  /** Positional encoding of Vaswani et al. 2017, section 3.5, with 32 components. */
  private static double sinusoid(int position, int component) {
    double angle = position * StrictMath.pow(10000, -2.0 * (component / 2) / 32);
    return component % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle);
  }

  /** The weights by the double-precision reference, as the README writes them. */
  private static String weights(AttentionWorkload.Input input) throws Exception {
    AttentionShape shape = AttentionFiles.shape(input);
    AttentionCase attention =
        new AttentionCase(
            shape,
            AttentionOptions.of(shape),
            input.queries().read(),
            input.keys().read(),
            input.values().read(),
            new FloatArray(1));
    StringBuilder text = new StringBuilder();
    for (double weight : ProbabilitiesReference.of(attention, block -> {}).probabilities()) {
      text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%.6f", weight));
    }
    return text.toString();
  }

  private static float[] values(NpyInput input) throws Exception {
    return input.read().toHeapArray();
  }
}
