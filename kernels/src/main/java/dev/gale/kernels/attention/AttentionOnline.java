package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Attention in one pass over the keys, one query row a work item: no scores are stored, and it runs anywhere. */
public final class AttentionOnline {

  private AttentionOnline() {}

  /**
   * output[h,i,:] = sum over visible j of p[j] values[g,j,:] / rowSum, p[j] = exp(s[j] - rowMax), s[j] = scale
   * queries[h,i,:] . keys[g,j,:] + mask[h modulo maskHeads,i,j], rowMax = max of s, rowSum = sum of p, lse[h,i] = rowMax
   * + log(rowSum); g = h / groupSize. Maximum, sum and output are carried along: when a score raises the maximum, sum and
   * output are scaled by exp(old maximum - new maximum).
   *
   * <p>Work items: one a query row, {@code heads} x {@code seqLenQ}. The output row itself is the accumulator.
   *
   * <p>Numerics: fp32, keys in order. Each new maximum costs the sum and the output one more rounding. Special values as
   * the package says.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP and one exp a visible pair, and headDimV more for the scaling; the keys and
   * values of a head are read once for each of its query rows, the output row is read and written once a key, as far as
   * the caches do not save it.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Milakov and Gimelshein, "Online normalizer calculation for softmax", arXiv:1805.02867 (2018), algorithm
   * 3, with the values' sum carried along as in Rabe and Staats, "Self-attention does not need O(n^2) memory",
   * arXiv:2112.05682 (2021), section 2; they scale at chunks, here at each key.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [heads / groupSize, seqLenK, headDim], read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param output [heads, seqLenQ, headDimV], written
   * @param lse [heads, seqLenQ], written
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
    for (@Parallel int h = 0; h < heads; h++) {
      for (@Parallel int i = 0; i < seqLenQ; i++) {
        row(
            h, i, queries, keys, values, mask, output, lse, groupSize, seqLenQ, seqLenK, headDim,
            headDimV, scale, causal, maskHeads);
      }
    }
  }

  /** One query row. */
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
    int row = h * seqLenQ + i;
    int queryRow = row * headDim;
    int outputRow = row * headDimV;
    int firstKey = (h / groupSize) * seqLenK;
    int maskRow = 0;
    if (maskHeads > 0) {
      maskRow = ((h % maskHeads) * seqLenQ + i) * seqLenK;
    }
    int keysSeen = seqLenK;
    if (causal != 0) {
      keysSeen = TornadoMath.min(seqLenK, i - seqLenQ + seqLenK + 1);
    }
    for (int c = 0; c < headDimV; c++) {
      output.set(outputRow + c, 0.0f);
    }
    float rowMax = Float.NEGATIVE_INFINITY;
    float rowSum = 0.0f;
    for (int j = 0; j < keysSeen; j++) {
      float bias = 0.0f;
      if (maskHeads > 0) {
        bias = mask.get(maskRow + j);
      }
      // A hidden key is not touched at all: 0 times its NaN would be NaN.
      if (bias != Float.NEGATIVE_INFINITY) {
        int keyRow = (firstKey + j) * headDim;
        float dot = 0.0f;
        for (int d = 0; d < headDim; d++) {
          dot += queries.get(queryRow + d) * keys.get(keyRow + d);
        }
        float score = scale * dot + bias;
        // A comparison rather than max(): OpenCL's drops a NaN, Java's keeps it. The NaN comes
        // back through exp.
        float newMax = score > rowMax ? score : rowMax;
        // Until a score is above -infinity, the shift is 0: -infinity - -infinity would be NaN.
        float shift = newMax == Float.NEGATIVE_INFINITY ? 0.0f : newMax;
        float correction = TornadoMath.exp(rowMax - shift);
        float p = TornadoMath.exp(score - shift);
        rowSum = rowSum * correction + p;
        rowMax = newMax;
        int valueRow = (firstKey + j) * headDimV;
        for (int c = 0; c < headDimV; c++) {
          output.set(
              outputRow + c, output.get(outputRow + c) * correction + p * values.get(valueRow + c));
        }
      }
    }
    float divisor = rowSum == 0.0f ? 1.0f : rowSum;
    for (int c = 0; c < headDimV; c++) {
      output.set(outputRow + c, output.get(outputRow + c) / divisor);
    }
    float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
    lse.set(row, shift + TornadoMath.log(rowSum));
  }
}
