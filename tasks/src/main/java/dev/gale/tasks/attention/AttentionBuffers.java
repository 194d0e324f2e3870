package dev.gale.tasks.attention;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The buffers of an attention.
 *
 * @param queries [batchSize, numHeads, seqLenQ, headDim], read
 * @param keys [batchSize, numKvHeads, seqLenK, headDim], read
 * @param values [batchSize, numKvHeads, seqLenK, headDimV], read
 * @param mask [maskHeads, seqLenQ, seqLenK], read and added to the scaled scores; one element, unread, without a mask
 * @param output [batchSize, numHeads, seqLenQ, headDimV], written
 * @param lse [batchSize, numHeads, seqLenQ], written: the natural logarithm of the sum of the exponentiated scores;
 *     -infinity for a row that sees no key
 */
public record AttentionBuffers(
    FloatArray queries,
    FloatArray keys,
    FloatArray values,
    FloatArray mask,
    FloatArray output,
    FloatArray lse) {

  /** The mask buffer of an attention without a mask. */
  public static FloatArray noMask() {
    return new FloatArray(1);
  }
}
