package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.models.linear.LinearWeights;
import dev.gale.tasks.attention.Attention;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.OnlineAttention;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What multi-head attention is on every device, as far as it can be said without a reference: validation holds the
 * results themselves against one.
 */
abstract class MultiHeadAttentionContract {

  @Test
  void isAttention_whenEveryProjectionIsTheIdentity(Device device) {
    MultiHeadShape shape = new MultiHeadShape(2, 17, 33, 24, 24, 3, 3, 8, 8);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withCausal(true);
    assertIsAttention(device, reproducible(device, shape, options), shape, options);
  }

  /** A product with the identity is exact, so both must agree to the bit. */
  static void assertIsAttention(
      Device device, ComposedMultiHead variant, MultiHeadShape shape, MultiHeadOptions options) {
    LinearWeights identity = new LinearWeights(TestArrays.identity(shape.modelDim()), null);
    MultiHeadWeights weights = new MultiHeadWeights(identity, identity, identity, identity);
    FloatArray input = TestArrays.normal(shape.inputElements(), 1);
    FloatArray memory = TestArrays.normal(shape.memoryElements(), 2);
    FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);

    run(device, variant, shape, options, weights, MultiHeadBuffers.cross(input, memory, output));

    FloatArray heads =
        heads(output, shape.batchSize(), shape.seqLenQ(), shape.numHeads(), shape.headDim());
    assertThat(heads.toHeapArray())
        .as(variant.id())
        .isEqualTo(
            attention(device, variant.attention(), shape, options, input, memory).toHeapArray());
  }

  @Test
  void isTheOutputBias_whenTheOutputWeightIsZero(Device device) {
    MultiHeadShape shape = MultiHeadShape.self(2, 17, 12, 3);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withAllBiases();
    MultiHeadWeights random = MultiHeadWeights.random(shape, options, 3);
    FloatArray bias = TestArrays.normal(12, 4);
    MultiHeadWeights weights =
        new MultiHeadWeights(
            random.query(),
            random.key(),
            random.value(),
            new LinearWeights(TestArrays.filled(12 * 12, 0.0f), bias));
    FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);
    FloatArray input = TestArrays.normal(shape.inputElements(), 5);

    run(
        device,
        reproducible(device, shape, options),
        shape,
        options,
        weights,
        MultiHeadBuffers.self(input, output));

    for (int at = 0; at < output.getSize(); at++) {
      assertThat(output.get(at)).as("output[%d]", at).isEqualTo(bias.get(at % 12));
    }
  }

  /** Input and mask go in and the output comes back at every run, weights go in once, and nothing else moves. */
  @Test
  void movesInputAndOutputAtEveryRun_andNothingElse(Device device) {
    MultiHeadShape shape = MultiHeadShape.self(1, 64, 32, 4);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withAllBiases();
    MultiHeadWeights weights = MultiHeadWeights.random(shape, options, 6);
    FloatArray input = TestArrays.normal(shape.inputElements(), 7);
    FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);

    try (MultiHeadAttention layer =
        new MultiHeadAttention(
            device,
            reproducible(device, shape, options),
            shape,
            options,
            PlanOptions.DEFAULT,
            weights,
            MultiHeadBuffers.self(input, output))) {
      layer.run();
      float[] first = output.toHeapArray();
      assign(input, TestArrays.normal(shape.inputElements(), 8));
      RunReport second = layer.run();
      assertThat(output.toHeapArray()).isNotEqualTo(first);
      assign(input, TestArrays.normal(shape.inputElements(), 7));
      layer.run();
      assertThat(output.toHeapArray()).isEqualTo(first);

      // The runtime counts the header of an array, or the arguments of a kernel, as well.
      long overhead = 4096;
      long inputAndMask = Float.BYTES * (shape.inputElements() + 1L);
      long outputBytes = (long) Float.BYTES * shape.outputElements();
      assertThat(second.bytesIn()).isBetween(inputAndMask, inputAndMask + overhead);
      assertThat(second.bytesOut()).isBetween(outputBytes, outputBytes + overhead);
    }
  }

  /** The matmuls that suit the device, and an attention that gives the same bits every time. */
  static ComposedMultiHead reproducible(
      Device device, MultiHeadShape shape, MultiHeadOptions options) {
    ComposedMultiHead auto = ComposedMultiHead.auto(device.info(), shape, options);
    return new ComposedMultiHead(auto.matmuls(), new OnlineAttention());
  }

  static void run(
      Device device,
      MultiHeadVariant variant,
      MultiHeadShape shape,
      MultiHeadOptions options,
      MultiHeadWeights weights,
      MultiHeadBuffers buffers) {
    try (MultiHeadAttention layer =
        new MultiHeadAttention(
            device, variant, shape, options, PlanOptions.DEFAULT, weights, buffers)) {
      layer.run();
    }
  }

  /** The output of attention alone, head by head. */
  private static FloatArray attention(
      Device device,
      AttentionVariant variant,
      MultiHeadShape shape,
      MultiHeadOptions options,
      FloatArray input,
      FloatArray memory) {
    AttentionShape attention = shape.attention();
    FloatArray output = TestArrays.filled(attention.outputElements(), Float.NaN);
    AttentionBuffers buffers =
        new AttentionBuffers(
            heads(input, shape.batchSize(), shape.seqLenQ(), shape.numHeads(), shape.headDim()),
            heads(memory, shape.batchSize(), shape.seqLenK(), shape.numHeads(), shape.headDim()),
            heads(memory, shape.batchSize(), shape.seqLenK(), shape.numHeads(), shape.headDim()),
            AttentionBuffers.noMask(),
            output,
            new FloatArray(attention.lseElements()));
    try (Attention operator =
        new Attention(
            device, variant, attention, options.attention(), PlanOptions.DEFAULT, buffers)) {
      operator.run();
    }
    return output;
  }

  private static FloatArray heads(
      FloatArray tokens, int batchSize, int seqLen, int numHeads, int headDim) {
    FloatArray heads = new FloatArray(tokens.getSize());
    int position = 0;
    for (int b = 0; b < batchSize; b++) {
      for (int h = 0; h < numHeads; h++) {
        for (int i = 0; i < seqLen; i++) {
          for (int d = 0; d < headDim; d++) {
            heads.set(position++, tokens.get(((b * seqLen + i) * numHeads + h) * headDim + d));
          }
        }
      }
    }
    return heads;
  }

  private static void assign(FloatArray target, FloatArray source) {
    for (int i = 0; i < source.getSize(); i++) {
      target.set(i, source.get(i));
    }
  }
}
