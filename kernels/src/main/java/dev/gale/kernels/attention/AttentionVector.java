package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention with the JDK's Vector API: blocks of query rows over blocks of keys, packed into panels, with an online softmax
 * between two register-tiled products. One task.
 */
public final class AttentionVector {

  private AttentionVector() {}

  /**
   * Rows of a work item that keep so many threads busy.
   *
   * @param kvHeads key-value heads of all batches
   * @param rowsOfKvHead query rows that share one
   * @param headDim elements of a query and a key
   * @param headDimV elements of a value
   * @param threads how many threads there are
   * @param causal whether causality makes items unequal
   */
  public static int itemRows(
      int kvHeads, int rowsOfKvHead, int headDim, int headDimV, int threads, boolean causal) {
    int most = PrefillBlock.mostTiles(headDim, headDimV);
    return QueryRows.ofPackingItem(
        kvHeads, rowsOfKvHead, PrefillBlock.LEAST_TILES, most, threads, causal);
  }

  /**
   * output[h,i,:] = sum over visible j of p[h,i,j] values[h / groupSize, j, :], p = softmax over visible j of scale
   * queries[h,i,:] . keys[h / groupSize, j, :] + mask; lse[h,i] = log of the sum of the exponentials.
   *
   * <p>Work items: one a block of the query rows that share a key-value head. Each packs the keys and values that it needs for
   * itself, block by block: they are then in the cache of the core that reads them.
   *
   * <p>Numerics: scores in units of log2 (natural ones with a mask), the scale folded into the queries; fp32 fused multiply-add;
   * exponentials of {@code ShiftedExp}, their shift grows and what came before is rescaled when a score is far above it; with a mask
   * or scores beyond its range those of {@code VectorExp}, by the exact maximum. A row that sees no key gives output 0 and lse
   * -infinity. NaN of a visible key or value propagates, NaN of an invisible one does not.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP a visible pair of query and key; key blocks that no row of a block sees are
   * skipped, of others what lies behind a register tile's last visible key.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Dao, FlashAttention-2, 2023 (arXiv:2307.08691), algorithm 1, with key blocks in the inner loop; M.
   * Milakov and N. Gimelshein, Online normalizer calculation for softmax, 2018 (arXiv:1805.02867). The division by the
   * row sum comes last, the scores are binary exponents, a row's maximum is looked for in its first keys alone.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [kvHeads, seqLenK, headDim], read
   * @param values [kvHeads, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read, unless there is none
   * @param output [heads, seqLenQ, headDimV], written
   * @param lse [heads, seqLenQ], written
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ query rows a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and a key
   * @param headDimV elements of a value
   * @param scale factor on the scores
   * @param rows query rows of a work item, in whole register tiles; see {@link #itemRows}
   * @param masking twice the heads of the mask, 0 for none; and 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ.
   *     In one number, because a task takes fifteen parameters
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
      int rows,
      int masking) {
    int kvHeads = heads / groupSize;
    int rowsOfKvHead = groupSize * seqLenQ;
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
            (masking & 1) != 0,
            masking >> 1);
    for (@Parallel int item = 0; item < items; item++) {
      int row = QueryRows.balanced(item % blocks, blocks) * rows;
      new PrefillBlock(operands, item / blocks).run(row, Math.min(rows, rowsOfKvHead - row));
    }
  }
}
