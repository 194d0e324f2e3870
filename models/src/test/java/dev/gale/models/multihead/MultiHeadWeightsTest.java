package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.models.linear.LinearWeights;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class MultiHeadWeightsTest {

  private static final MultiHeadShape SHAPE = MultiHeadShape.self(1, 4, 32, 4);

  @Test
  void drawsTheSameWeightsFromTheSameSeed() {
    MultiHeadOptions options = MultiHeadOptions.of(SHAPE).withAllBiases();
    assertThat(flat(MultiHeadWeights.random(SHAPE, options, 42)))
        .isEqualTo(flat(MultiHeadWeights.random(SHAPE, options, 42)))
        .isNotEqualTo(flat(MultiHeadWeights.random(SHAPE, options, 43)))
        .hasSize(4 * (32 * 32 + 32));
  }

  @Test
  void drawsWeightsFromTheIntervalOfGlorotAndBengio() {
    FloatArray weight = LinearWeights.random(40, 56, false, new Random(1)).weight();
    double range = Math.sqrt(6.0 / 96.0);
    double largest = 0;
    for (float x : weight.toHeapArray()) {
      largest = Math.max(largest, Math.abs(x));
    }
    assertThat(largest).isLessThanOrEqualTo(range).isGreaterThan(0.99 * range);
  }

  @Test
  void countsAnArrayOnce_whenProjectionsShareIt() {
    LinearWeights shared = new LinearWeights(TestArrays.identity(32), null);
    assertThat(new MultiHeadWeights(shared, shared, shared, shared).arrays()).hasSize(1);
  }

  private static float[] flat(MultiHeadWeights weights) {
    int size = weights.arrays().stream().mapToInt(FloatArray::getSize).sum();
    float[] flat = new float[size];
    int position = 0;
    for (Projection projection : Projection.values()) {
      for (float x : weights.of(projection).weight().toHeapArray()) {
        flat[position++] = x;
      }
      FloatArray bias = weights.of(projection).bias();
      for (float x : bias == null ? new float[0] : bias.toHeapArray()) {
        flat[position++] = x;
      }
    }
    return flat;
  }
}
