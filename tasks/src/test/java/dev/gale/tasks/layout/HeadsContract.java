package dev.gale.tasks.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Plan;
import dev.gale.tasks.plan.PlanOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What splitting and merging do on every device. */
abstract class HeadsContract {

  private static final float GUARD = -7.0f;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 5, 1, 3",
    "2, 1, 4, 1",
    "2, 17, 3, 5",
    "1, 64, 8, 32",
    "3, 33, 2, 64"
  })
  void putsEveryElementInItsPlace(
      int batchSize, int seqLen, int numHeads, int headDim, Device device) {
    HeadsShape shape = new HeadsShape(batchSize, seqLen, numHeads, headDim);
    FloatArray tokens = numbered(shape.elements());
    FloatArray heads = guarded(shape.elements());
    FloatArray merged = guarded(shape.elements());
    GraphBuilder graph = new GraphBuilder("heads", device, PlanOptions.GUARDED);
    graph.inputs(tokens).outputs(heads, merged);
    Heads.split(graph, "split", shape, tokens, heads);
    Heads.merge(graph, "merge", shape, heads, merged);

    try (Plan plan = graph.build()) {
      plan.run();
    }

    FloatArray expectedHeads = guarded(shape.elements());
    int position = 0;
    for (int b = 0; b < batchSize; b++) {
      for (int h = 0; h < numHeads; h++) {
        for (int i = 0; i < seqLen; i++) {
          for (int d = 0; d < headDim; d++) {
            float element = tokens.get(((b * seqLen + i) * numHeads + h) * headDim + d);
            expectedHeads.set(position++, element);
          }
        }
      }
    }
    FloatArray expectedMerged = guarded(shape.elements());
    for (int at = 0; at < shape.elements(); at++) {
      expectedMerged.set(at, tokens.get(at));
    }
    assertThat(heads.toHeapArray()).isEqualTo(expectedHeads.toHeapArray());
    assertThat(merged.toHeapArray()).isEqualTo(expectedMerged.toHeapArray());
  }

  private static FloatArray numbered(int elements) {
    FloatArray array = new FloatArray(elements);
    for (int i = 0; i < elements; i++) {
      array.set(i, i + 1);
    }
    return array;
  }

  private static FloatArray guarded(int elements) {
    FloatArray array = new FloatArray((int) PlanOptions.GUARDED.outputLength(elements));
    array.init(GUARD);
    return array;
  }
}
