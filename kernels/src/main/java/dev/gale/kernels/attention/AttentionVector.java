package dev.gale.kernels.attention;

import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention with the JDK's Vector API: keys packed into panels, then blocks of query rows over blocks of keys with an
 * online softmax between two register-tiled products. Two tasks: {@link #packKeys}, then {@link #attention}.
 */
public final class AttentionVector {

  private AttentionVector() {}

  /** Elements that packed keys take, with room to start them on a cache line. */
  public static long packedElements(int kvHeads, int seqLenK, int headDim) {
    return (long) kvHeads * Math.ceilDiv(seqLenK, VectorTiles.COLS) * VectorTiles.COLS * headDim
        + VectorTiles.CACHE_LINE_BYTES / Float.BYTES;
  }

  /**
   * packed[h,p,d,j] = keys[h, p COLS + j, d], 0 behind the last key; COLS is {@link VectorTiles#COLS}.
   *
   * <p>Work items: one a panel of COLS keys of a key-value head.
   *
   * <p>Numerics: a copy.
   *
   * <p>Cost: kvHeads seqLenK headDim loads and stores of 4 bytes.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * @param keys [kvHeads, seqLenK, headDim], read
   * @param packed [kvHeads, ceil(seqLenK / COLS), headDim, COLS] from its first cache line on, written; {@link
   *     #packedElements} long
   * @param kvHeads key-value heads of all batches
   * @param seqLenK keys a head
   * @param headDim elements a key
   */
  public static void packKeys(
      FloatArray keys, FloatArray packed, int kvHeads, int seqLenK, int headDim) {
    int panels = Math.ceilDiv(seqLenK, VectorTiles.COLS);
    int items = kvHeads * panels;
    for (@Parallel int item = 0; item < items; item++) {
      packPanel(
          keys.getSegment(), packed.getSegment(), item / panels, item % panels, seqLenK, headDim);
    }
  }

  private static void packPanel(
      MemorySegment keys, MemorySegment packed, int head, int panel, int seqLenK, int headDim) {
    int first = panel * VectorTiles.COLS;
    int count = Math.min(VectorTiles.COLS, seqLenK - first);
    long panels = Math.ceilDiv(seqLenK, VectorTiles.COLS);
    long source = ((long) head * seqLenK + first) * headDim * Float.BYTES;
    long target =
        VectorTiles.alignment(packed)
            + (head * panels + panel) * headDim * VectorTiles.B_STRIDE_BYTES;
    for (int j = 0; j < VectorTiles.COLS; j++) {
      long column = target + (long) j * Float.BYTES;
      long row = source + (long) j * headDim * Float.BYTES;
      if (j < count) {
        for (int d = 0; d < headDim; d++) {
          packed.set(
              ValueLayout.JAVA_FLOAT_UNALIGNED,
              column + d * VectorTiles.B_STRIDE_BYTES,
              keys.get(ValueLayout.JAVA_FLOAT_UNALIGNED, row + (long) d * Float.BYTES));
        }
      } else {
        for (int d = 0; d < headDim; d++) {
          packed.set(
              ValueLayout.JAVA_FLOAT_UNALIGNED, column + d * VectorTiles.B_STRIDE_BYTES, 0.0f);
        }
      }
    }
  }

  /**
   * output[h,i,:] = sum over visible j of p[h,i,j] values[h / groupSize, j, :], p = softmax over visible j of scale
   * queries[h,i,:] . keys[h / groupSize, j, :] + mask; lse[h,i] = log of the sum of the exponentials.
   *
   * <p>Work items: one a block of the query rows that share a key-value head, up to four register tiles of
   * them: 48 rows, 24 where vectors are shorter than 512 bits.
   *
   * <p>Numerics: scores in units of log2 (natural ones with a mask), the scale folded into the queries; fp32 fused multiply-add; {@code
   * VectorExp.exp2}; a key block's maximum rescales what came before it. A row that sees no key gives output 0 and lse
   * -infinity. NaN of a visible key or value propagates, NaN of an invisible one does not.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP a visible pair of query and key; key blocks that no row of a block sees are
   * skipped.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Dao, FlashAttention-2, 2023 (arXiv:2307.08691), algorithm 1, with key blocks in the inner loop; M.
   * Milakov and N. Gimelshein, Online normalizer calculation for softmax, 2018 (arXiv:1805.02867). The division by the
   * row sum comes last, the scores are binary exponents.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param packedKeys keys as {@link #packKeys} left them, read
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
      FloatArray packedKeys,
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
    int items = AttentionBlock.items(heads, groupSize, seqLenQ);
    for (@Parallel int item = 0; item < items; item++) {
      AttentionBlock.attend(
          item,
          queries.getSegment(),
          packedKeys.getSegment(),
          true,
          values.getSegment(),
          mask.getSegment(),
          output.getSegment(),
          lse.getSegment(),
          heads,
          groupSize,
          seqLenQ,
          seqLenK,
          headDim,
          headDimV,
          scale,
          causal != 0,
          maskHeads);
    }
  }
}
