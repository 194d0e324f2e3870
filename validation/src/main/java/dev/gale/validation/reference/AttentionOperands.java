package dev.gale.validation.reference;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What an attention reads: the buffers of a case, or what other operators computed.
 *
 * @param shape the shape
 * @param options scale, causal, mask
 * @param queries [batchSize, numHeads, seqLenQ, headDim]
 * @param keys [batchSize, numKvHeads, seqLenK, headDim]
 * @param values [batchSize, numKvHeads, seqLenK, headDimV]
 * @param mask [maskHeads, seqLenQ, seqLenK]
 */
public record AttentionOperands(
    AttentionShape shape,
    AttentionOptions options,
    Operand queries,
    Operand keys,
    Operand values,
    FloatArray mask) {

  /** Those of a case. */
  public static AttentionOperands of(AttentionCase attention) {
    return new AttentionOperands(
        attention.shape(),
        attention.options(),
        Operand.exact(attention.queries()),
        Operand.exact(attention.keys()),
        Operand.exact(attention.values()),
        attention.mask());
  }
}
