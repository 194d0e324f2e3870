package dev.gale.validation.cases;

import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.MultiHeadWeights;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import java.util.OptionalLong;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One multi-head attention to run. The buffers are not to change once the case has run, for its reference is kept.
 *
 * @param shape the shape
 * @param options scale, causal, mask, biases
 * @param weights of the projections
 * @param input [batchSize, seqLenQ, modelDim]
 * @param memory [batchSize, seqLenK, memoryDim]; the same buffer as the input in self-attention
 * @param mask [maskHeads, seqLenQ, seqLenK]; {@link AttentionBuffers#noMask} without a mask
 * @param seed what the inputs were generated from; empty if they were given
 */
public record MultiHeadCase(
    MultiHeadShape shape,
    MultiHeadOptions options,
    MultiHeadWeights weights,
    FloatArray input,
    FloatArray memory,
    FloatArray mask,
    OptionalLong seed) {

  /** A case of given inputs. */
  public MultiHeadCase(
      MultiHeadShape shape,
      MultiHeadOptions options,
      MultiHeadWeights weights,
      FloatArray input,
      FloatArray memory,
      FloatArray mask) {
    this(shape, options, weights, input, memory, mask, OptionalLong.empty());
  }

  /**
   * Self-attention of a standard normal input with random weights; in a mask, one element in eight hides its key.
   *
   * @throws IllegalArgumentException if the shape's memory is of another size than its input
   */
  public static MultiHeadCase self(MultiHeadShape shape, MultiHeadOptions options, long seed) {
    if (shape.memoryElements() != shape.inputElements() || shape.seqLenQ() != shape.seqLenK()) {
      throw new IllegalArgumentException(
          "multihead: seqLenK "
              + shape.seqLenK()
              + " and memoryDim "
              + shape.memoryDim()
              + ", expected seqLenQ "
              + shape.seqLenQ()
              + " and modelDim "
              + shape.modelDim()
              + " in self-attention");
    }
    RandomInputs random = new RandomInputs(seed);
    FloatArray input = random.normal(shape.inputElements());
    return generated(shape, options, input, input, random, seed);
  }

  /** The same with a standard normal memory of its own. */
  public static MultiHeadCase cross(MultiHeadShape shape, MultiHeadOptions options, long seed) {
    RandomInputs random = new RandomInputs(seed);
    FloatArray input = random.normal(shape.inputElements());
    FloatArray memory = random.normal(shape.memoryElements());
    return generated(shape, options, input, memory, random, seed);
  }

  /** Whether the memory is the input. */
  public boolean isSelf() {
    return input == memory;
  }

  private static MultiHeadCase generated(
      MultiHeadShape shape,
      MultiHeadOptions options,
      FloatArray input,
      FloatArray memory,
      RandomInputs random,
      long seed) {
    AttentionOptions attention = options.attention();
    FloatArray mask =
        attention.maskHeads() == 0
            ? AttentionBuffers.noMask()
            : random.mask(attention.maskHeads() * shape.seqLenQ() * shape.seqLenK());
    return new MultiHeadCase(
        shape,
        options,
        MultiHeadWeights.random(shape, options, seed),
        input,
        memory,
        mask,
        OptionalLong.of(seed));
  }
}
