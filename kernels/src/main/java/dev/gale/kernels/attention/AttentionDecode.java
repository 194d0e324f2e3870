package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention of few queries with the JDK's Vector API: keys are read where they lie, once for all queries that share
 * them. For decoding, where memory sets the pace and packing the keys would cost more than it saves.
 */
public final class AttentionDecode {

  private AttentionDecode() {}

  /**
   * output[h,i,:] = sum over visible j of p[h,i,j] values[h / groupSize, j, :], p = softmax over visible j of scale
   * queries[h,i,:] . keys[h / groupSize, j, :] + mask; lse[h,i] = log of the sum of the exponentials.
   *
   * <p>Work items: one a block of the query rows that share a key-value head, up to four register tiles of
   * them: 48 rows, 16 where vectors are shorter than 512 bits.
   *
   * <p>Numerics: as {@link AttentionVector#attention}, a score being summed in one or two vectors of partial sums.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP a visible pair of query and key; keys and values are read from memory once for
   * each block, 4 bytes an element.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: as {@link AttentionVector#attention}; Shazeer, Fast Transformer Decoding: One Write-Head is All You Need,
   * 2019 (arXiv:1911.02150), for what sharing keys saves.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [heads / groupSize, seqLenK, headDim], read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read, unless maskHeads is 0
   * @param output [heads, seqLenQ, headDimV], written
   * @param lse [heads, seqLenQ], written
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ query rows a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and a key
   * @param headDimV elements of a value
   * @param scale factor on the scores
   * @param causal 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ
   * @param maskHeads heads of the mask, 0 for none
   */
  public static void attention(
      FloatArray queries,
      FloatArray keys,
      FloatArray values,
      FloatArray mask,
      FloatArray output,
      FloatArray lse,
      int heads,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      float scale,
      int causal,
      int maskHeads) {
    int kvHeads = heads / groupSize;
    int rowsOfKvHead = groupSize * seqLenQ;
    int rows = QueryRows.ofItem(kvHeads, rowsOfKvHead, DecodeBlock.TILES);
    int blocks = Math.ceilDiv(rowsOfKvHead, rows);
    int items = kvHeads * blocks;
    AttentionOperands operands =
        new AttentionOperands(
            queries.getSegment(),
            keys.getSegment(),
            values.getSegment(),
            mask.getSegment(),
            output.getSegment(),
            lse.getSegment(),
            groupSize,
            seqLenQ,
            seqLenK,
            headDim,
            headDimV,
            scale,
            causal != 0,
            maskHeads);
    for (@Parallel int item = 0; item < items; item++) {
      int row = QueryRows.balanced(item % blocks, blocks) * rows;
      new DecodeBlock(operands, item / blocks).run(row, Math.min(rows, rowsOfKvHead - row));
    }
  }
}
