package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The probabilities of an attention that has run, from the lse that it left: for looking at, and for gradients. */
public final class ProbabilitiesFromLse {

  private ProbabilitiesFromLse() {}

  /**
   * probabilities[h,i,j] = exp(scale queries[h,i,:] . keys[h / groupSize,j,:] + mask[h modulo maskHeads,i,j] - lse[h,i]);
   * 0 where query i does not see key j.
   *
   * <p>Work items: one a probability, {@code heads} x {@code seqLenQ} x {@code seqLenK}.
   *
   * <p>Numerics: fp32, in the order of the elements. The error of lse is a relative error of the whole row, which therefore
   * sums to 1 only nearly. A hidden key is not read. An lse of -infinity, of a row without a score above it, gives 0
   * throughout; NaN in a query makes what it sees NaN.
   *
   * <p>Cost: 2 headDim + 3 FLOP and one exp a visible pair; 2 headDim loads of 4 bytes a pair as far as the caches do not
   * save them, and one store.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.AttentionProbabilities}.
   *
   * <p>Source: Dao, Fu, Ermon, Rudra and Re, "FlashAttention", arXiv:2205.14135 (2022), algorithm 4, line 13: the backward
   * pass makes them anew in the same way, there from rowMax and rowSum.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [heads / groupSize, seqLenK, headDim], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param lse [heads, seqLenQ], read
   * @param probabilities [heads, seqLenQ, seqLenK], written
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ queries a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and of a key
   * @param scale factor on the products
   * @param causal 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ, else 0
   * @param maskHeads heads of the mask; 0 for none
   */
  public static void probabilities(
      FloatArray queries,
      FloatArray keys,
      FloatArray mask,
      FloatArray lse,
      FloatArray probabilities,
      int heads,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      float scale,
      int causal,
      int maskHeads) {
    for (@Parallel int h = 0; h < heads; h++) {
      for (@Parallel int i = 0; i < seqLenQ; i++) {
        for (@Parallel int j = 0; j < seqLenK; j++) {
          float bias = 0.0f;
          if (maskHeads > 0) {
            bias = mask.get(((h % maskHeads) * seqLenQ + i) * seqLenK + j);
          }
          if (causal != 0 && j > i - seqLenQ + seqLenK) {
            bias = Float.NEGATIVE_INFINITY;
          }
          float probability = 0.0f;
          if (bias != Float.NEGATIVE_INFINITY) {
            int queryRow = (h * seqLenQ + i) * headDim;
            int keyRow = ((h / groupSize) * seqLenK + j) * headDim;
            float dot = 0.0f;
            for (int d = 0; d < headDim; d++) {
              dot += queries.get(queryRow + d) * keys.get(keyRow + d);
            }
            float rowLse = lse.get(h * seqLenQ + i);
            // All scores of such a row are -infinity, and -infinity - -infinity would be NaN.
            float shift = rowLse == Float.NEGATIVE_INFINITY ? 0.0f : rowLse;
            probability = TornadoMath.exp(scale * dot + bias - shift);
          }
          probabilities.set((h * seqLenQ + i) * seqLenK + j, probability);
        }
      }
    }
  }
}
