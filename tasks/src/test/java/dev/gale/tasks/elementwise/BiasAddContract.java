package dev.gale.tasks.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Plan;
import dev.gale.tasks.plan.PlanOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What adding a bias does on every device. */
abstract class BiasAddContract {

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 17", "17, 1", "33, 31", "64, 257"})
  void addsTheBiasToEveryRowAtEveryRun(int rows, int cols, Device device) {
    FloatArray matrix = new FloatArray((int) PlanOptions.GUARDED.outputLength((long) rows * cols));
    FloatArray bias = new FloatArray(cols);
    GraphBuilder graph = new GraphBuilder("bias", device, PlanOptions.GUARDED);
    graph.constants(bias).outputs(matrix);
    BiasAdd.append(graph, "bias", rows, cols, matrix, bias);
    for (int j = 0; j < cols; j++) {
      bias.set(j, 0.1f * j - 3.0f);
    }

    try (Plan plan = graph.build()) {
      for (int run = 1; run <= 2; run++) {
        for (int at = 0; at < matrix.getSize(); at++) {
          matrix.set(at, 0.3f * at * run);
        }
        plan.run();
        for (int at = 0; at < matrix.getSize(); at++) {
          float before = 0.3f * at * run;
          // One rounded addition has one right result.
          float expected = at < rows * cols ? before + bias.get(at % cols) : before;
          assertThat(matrix.get(at)).as("run %d, matrix[%d]", run, at).isEqualTo(expected);
        }
      }
    }
  }
}
