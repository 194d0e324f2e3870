package dev.gale.kernels.attention;

import dev.gale.kernels.vector.VectorTiles;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention with the JDK's Vector API: keys and values packed into panels, then blocks of query rows over blocks of keys with an
 * online softmax between two register-tiled products. Two tasks: {@link #pack}, then {@link #attention}.
 */
public final class AttentionVector {

  private AttentionVector() {}

  /** Elements that packed keys take, with room to start them on a cache line. */
  public static long packedKeyElements(int kvHeads, int seqLenK, int headDim) {
    return (long) kvHeads * Math.ceilDiv(seqLenK, VectorTiles.COLS) * VectorTiles.COLS * headDim
        + VectorTiles.CACHE_LINE_BYTES / Float.BYTES;
  }

  /** Elements that packed values take, with room to start them on a cache line. */
  public static long packedValueElements(int kvHeads, int seqLenK, int headDimV) {
    return (long) kvHeads * Math.ceilDiv(headDimV, VectorTiles.COLS) * VectorTiles.COLS * seqLenK
        + VectorTiles.CACHE_LINE_BYTES / Float.BYTES;
  }

  /**
   * packedKeys[h,p,d,j] = keys[h, p COLS + j, d], 0 behind the last key; packedValues[h,p,j,c] = values[h, j, p COLS + c], 0
   * behind the last column; COLS is {@link VectorTiles#COLS}.
   *
   * <p>Work items: one COLS keys of a key-value head.
   *
   * <p>Numerics: a copy.
   *
   * <p>Cost: kvHeads seqLenK (headDim + headDimV) loads and stores of 4 bytes.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * @param keys [kvHeads, seqLenK, headDim], read
   * @param values [kvHeads, seqLenK, headDimV], read
   * @param packedKeys [kvHeads, ceil(seqLenK / COLS), headDim, COLS] from its first cache line on, written; {@link
   *     #packedKeyElements} long
   * @param packedValues [kvHeads, ceil(headDimV / COLS), seqLenK, COLS] from its first cache line on, written; {@link
   *     #packedValueElements} long
   * @param kvHeads key-value heads of all batches
   * @param seqLenK keys a head
   * @param headDim elements of a key
   * @param headDimV elements of a value
   */
  public static void pack(
      FloatArray keys,
      FloatArray values,
      FloatArray packedKeys,
      FloatArray packedValues,
      int kvHeads,
      int seqLenK,
      int headDim,
      int headDimV) {
    int panels = Math.ceilDiv(seqLenK, VectorTiles.COLS);
    int items = kvHeads * panels;
    for (@Parallel int item = 0; item < items; item++) {
      int head = item / panels;
      int first = item % panels * VectorTiles.COLS;
      PackedHeads.packKeys(
          keys.getSegment(), packedKeys.getSegment(), head, first, seqLenK, headDim);
      PackedHeads.packValues(
          values.getSegment(), packedValues.getSegment(), head, first, seqLenK, headDimV);
    }
  }

  /**
   * output[h,i,:] = sum over visible j of p[h,i,j] values[h / groupSize, j, :], p = softmax over visible j of scale
   * queries[h,i,:] . keys[h / groupSize, j, :] + mask; lse[h,i] = log of the sum of the exponentials.
   *
   * <p>Work items: one a block of the query rows that share a key-value head, up to 96
   * of them.
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
   * @param packedKeys keys as {@link #pack} left them, read
   * @param packedValues values as {@link #pack} left them, read
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
      FloatArray packedKeys,
      FloatArray packedValues,
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
    int rows = QueryRows.ofItem(kvHeads, rowsOfKvHead, PrefillBlock.TILES);
    int blocks = Math.ceilDiv(rowsOfKvHead, rows);
    int items = kvHeads * blocks;
    for (@Parallel int item = 0; item < items; item++) {
      int row = QueryRows.balanced(item % blocks, blocks) * rows;
      new PrefillBlock(
              queries.getSegment(),
              packedKeys.getSegment(),
              packedValues.getSegment(),
              mask.getSegment(),
              output.getSegment(),
              lse.getSegment(),
              item / blocks,
              groupSize,
              seqLenQ,
              seqLenK,
              headDim,
              headDimV,
              scale,
              causal != 0,
              maskHeads)
          .run(row, Math.min(rows, rowsOfKvHead - row));
    }
  }
}
