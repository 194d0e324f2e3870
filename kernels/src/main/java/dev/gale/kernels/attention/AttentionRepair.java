package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The rows of an attention in which a NaN or an infinity made a NaN, done again with care for which of them are hidden. */
public final class AttentionRepair {

  private AttentionRepair() {}

  /**
   * Where lse[h,i] is NaN: output[h,i,:] and lse[h,i] as {@link AttentionOnline} computes them.
   *
   * <p>Work items: one a query row, {@code heads} x {@code seqLenQ}.
   *
   * <p>Numerics: those of {@link AttentionOnline}.
   *
   * <p>Cost: one load of 4 bytes a row; for a row that is done again, that of {@link AttentionOnline}.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: that of {@link AttentionOnline}.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [heads / groupSize, seqLenK, headDim], read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param output [heads, seqLenQ, headDimV], written where lse is NaN
   * @param lse [heads, seqLenQ], read, and written where it is NaN
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ queries a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and of a key
   * @param headDimV elements of a value
   * @param scale factor on the products
   * @param causal 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ, else 0
   * @param maskHeads heads of the mask; 0 for none
   */
  public static void repair(
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
    for (@Parallel int h = 0; h < heads; h++) {
      for (@Parallel int i = 0; i < seqLenQ; i++) {
        row(
            h, i, queries, keys, values, mask, output, lse, groupSize, seqLenQ, seqLenK, headDim,
            headDimV, scale, causal, maskHeads);
      }
    }
  }

  /** One row. */
  static void row(
      int h,
      int i,
      FloatArray queries,
      FloatArray keys,
      FloatArray values,
      FloatArray mask,
      FloatArray output,
      FloatArray lse,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      float scale,
      int causal,
      int maskHeads) {
    float found = lse.get(h * seqLenQ + i);
    // NaN is not below infinity. With <=, TornadoVM takes NaN for a number that is.
    if (!(found < Float.POSITIVE_INFINITY)) {
      AttentionOnline.row(
          h, i, queries, keys, values, mask, output, lse, groupSize, seqLenQ, seqLenK, headDim,
          headDimV, scale, causal, maskHeads);
    }
  }
}
