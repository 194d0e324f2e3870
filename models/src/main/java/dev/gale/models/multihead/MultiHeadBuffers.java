package dev.gale.models.multihead;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionChecks;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The buffers of multi-head attention.
 *
 * @param input [batchSize, seqLenQ, modelDim], read
 * @param memory [batchSize, seqLenK, memoryDim], read; the same buffer as the input in self-attention
 * @param mask [maskHeads, seqLenQ, seqLenK], read and added to the scaled scores; one element, unread, without a mask
 * @param output [batchSize, seqLenQ, modelDim], written
 */
public record MultiHeadBuffers(
    FloatArray input, FloatArray memory, FloatArray mask, FloatArray output) {

  /** Self-attention without a mask. */
  public static MultiHeadBuffers self(FloatArray input, FloatArray output) {
    return new MultiHeadBuffers(input, input, AttentionBuffers.noMask(), output);
  }

  /** Cross-attention without a mask. */
  public static MultiHeadBuffers cross(FloatArray input, FloatArray memory, FloatArray output) {
    return new MultiHeadBuffers(input, memory, AttentionBuffers.noMask(), output);
  }

  /** Whether the memory is the input. */
  public boolean isSelf() {
    return input == memory;
  }

  /**
   * @throws IllegalArgumentException if a buffer is not as long as the shape and the options say, or the output is
   *     another buffer as well
   */
  void check(
      MultiHeadShape shape, MultiHeadOptions options, PlanOptions plan, MultiHeadWeights weights) {
    Shapes.length("input", input, 0, shape.inputFactors());
    Shapes.length("memory", memory, 0, shape.memoryFactors());
    AttentionChecks.mask(shape.attention(), options.attention(), mask);
    Shapes.length("output", output, plan.outputLength(0), shape.inputFactors());
    Shapes.ofItsOwn("output", output, input, memory, mask);
    Shapes.ofItsOwn("output", output, weights.arrays().toArray(new FloatArray[0]));
  }
}
