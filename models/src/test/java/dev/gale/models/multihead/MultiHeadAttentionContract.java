package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.models.linear.LinearWeights;
import dev.gale.tasks.attention.Attention;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What multi-head attention is on every device, as far as it can be said without a reference: validation holds the
 * results themselves against one.
 */
abstract class MultiHeadAttentionContract {

  /** A product with the identity is exact, so both must agree to the bit. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, false",
    "2, 17, 17, 2, true",
    "1, 33, 17, 4, false",
    "2, 5, 64, 2, true"
  })
  void isAttention_whenEveryProjectionIsTheIdentity(
      int batchSize, int seqLenQ, int seqLenK, int numHeads, boolean causal, Device device) {
    int headDim = 8;
    int dim = numHeads * headDim;
    MultiHeadShape shape =
        new MultiHeadShape(
            batchSize, seqLenQ, seqLenK, dim, dim, numHeads, numHeads, headDim, headDim);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withCausal(causal);
    LinearWeights identity = new LinearWeights(TestArrays.identity(dim), null);
    MultiHeadWeights weights = new MultiHeadWeights(identity, identity, identity, identity);
    FloatArray input = TestArrays.normal(shape.inputElements(), 1);
    FloatArray memory = TestArrays.normal(shape.memoryElements(), 2);

    for (ComposedMultiHead variant : each(device)) {
      FloatArray heads = attention(device, variant.attention(), shape, options, input, memory);
      FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);
      MultiHeadBuffers buffers = MultiHeadBuffers.cross(input, memory, output);

      run(device, variant, shape, options, weights, buffers);

      assertThat(heads(output, batchSize, seqLenQ, numHeads, headDim).toHeapArray())
          .as(variant.id())
          .isEqualTo(heads.toHeapArray());
    }
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
        auto(device, shape, options),
        shape,
        options,
        weights,
        MultiHeadBuffers.self(input, output));

    for (int at = 0; at < output.getSize(); at++) {
      assertThat(output.get(at)).as("output[%d]", at).isEqualTo(bias.get(at % 12));
    }
  }

  @Test
  void readsTheInputAtEveryRun(Device device) {
    MultiHeadShape shape = MultiHeadShape.self(1, 9, 8, 2);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withAllBiases();
    MultiHeadWeights weights = MultiHeadWeights.random(shape, options, 6);
    FloatArray input = TestArrays.normal(shape.inputElements(), 7);
    FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);
    MultiHeadBuffers buffers = MultiHeadBuffers.self(input, output);

    try (MultiHeadAttention layer =
        new MultiHeadAttention(
            device,
            auto(device, shape, options),
            shape,
            options,
            PlanOptions.DEFAULT,
            weights,
            buffers)) {
      layer.run();
      FloatArray first = copy(output);
      FloatArray other = TestArrays.normal(shape.inputElements(), 8);
      assign(input, other);
      layer.run();
      assertThat(output.toHeapArray()).isNotEqualTo(first.toHeapArray());
      assign(input, TestArrays.normal(shape.inputElements(), 7));
      layer.run();
      assertThat(output.toHeapArray()).isEqualTo(first.toHeapArray());
    }
  }

  /** Only the output comes back, and only input and mask go in once the weights are there. */
  @Test
  void movesNoIntermediate(Device device) {
    MultiHeadShape shape = MultiHeadShape.self(1, 64, 32, 4);
    MultiHeadOptions options = MultiHeadOptions.of(shape);
    MultiHeadWeights weights = MultiHeadWeights.random(shape, options, 9);
    FloatArray input = TestArrays.normal(shape.inputElements(), 10);
    FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);
    MultiHeadBuffers buffers = MultiHeadBuffers.self(input, output);

    try (MultiHeadAttention layer =
        new MultiHeadAttention(
            device,
            auto(device, shape, options),
            shape,
            options,
            PlanOptions.DEFAULT,
            weights,
            buffers)) {
      layer.run();
      RunReport second = layer.run();
      // The runtime counts the header of an array, or the arguments of a kernel, as well.
      long overhead = 4096;
      long inputAndMask = Float.BYTES * (shape.inputElements() + 1L);
      assertThat(second.bytesIn()).isBetween(inputAndMask, inputAndMask + overhead);
      assertThat(second.bytesOut())
          .isBetween(
              (long) Float.BYTES * shape.outputElements(),
              (long) Float.BYTES * shape.outputElements() + overhead);
    }
  }

  @Test
  void givesTheSameBits_whenItsActivationsAreExposed(Device device) {
    MultiHeadShape shape = new MultiHeadShape(2, 17, 33, 24, 20, 4, 2, 6, 5);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withAllBiases().withCausal(true);
    MultiHeadWeights weights = MultiHeadWeights.random(shape, options, 11);
    FloatArray input = TestArrays.normal(shape.inputElements(), 12);
    FloatArray memory = TestArrays.normal(shape.memoryElements(), 13);
    ComposedMultiHead variant = auto(device, shape, options);
    FloatArray output = TestArrays.filled(shape.outputElements(), Float.NaN);
    run(device, variant, shape, options, weights, MultiHeadBuffers.cross(input, memory, output));

    FloatArray exposed = TestArrays.filled(shape.outputElements(), Float.NaN);
    AttentionShape attention = shape.attention();
    MultiHeadActivations activations =
        new MultiHeadActivations(
            TestArrays.filled(attention.queriesElements(), Float.NaN),
            TestArrays.filled(attention.keysElements(), Float.NaN),
            TestArrays.filled(attention.valuesElements(), Float.NaN),
            TestArrays.filled(attention.outputElements(), Float.NaN));
    try (MultiHeadAttention layer =
        new MultiHeadAttention(
            device,
            variant,
            shape,
            options,
            PlanOptions.DEFAULT,
            weights,
            MultiHeadBuffers.cross(input, memory, exposed),
            activations)) {
      layer.run();
    }

    assertThat(activations.queries().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(activations.keys().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(activations.values().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(activations.heads().toHeapArray()).doesNotContain(Float.NaN);
    assertThat(exposed.toHeapArray()).isEqualTo(output.toHeapArray());
  }

  /** Compositions in which every variant of matmul and of attention comes up, in as few plans as that takes. */
  private static List<ComposedMultiHead> each(Device device) {
    List<MatmulVariant> matmuls = MatmulVariants.catalogue().runningOn(device.info());
    List<AttentionVariant> attentions = AttentionVariants.catalogue().runningOn(device.info());
    return IntStream.range(0, Math.max(matmuls.size(), attentions.size()))
        .mapToObj(
            i ->
                ComposedMultiHead.of(
                    matmuls.get(i % matmuls.size()), attentions.get(i % attentions.size())))
        .toList();
  }

  private static ComposedMultiHead auto(
      Device device, MultiHeadShape shape, MultiHeadOptions options) {
    return ComposedMultiHead.auto(device.info(), shape, options);
  }

  private static void run(
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

  private static FloatArray copy(FloatArray source) {
    FloatArray copy = new FloatArray(source.getSize());
    assign(copy, source);
    return copy;
  }

  private static void assign(FloatArray target, FloatArray source) {
    for (int i = 0; i < source.getSize(); i++) {
      target.set(i, source.get(i));
    }
  }
}
