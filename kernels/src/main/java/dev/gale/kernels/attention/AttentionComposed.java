package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention as its formula reads, in three kernels with the scores between them: the variant to read first, and the one
 * that has the most work items.
 */
public final class AttentionComposed {

  private AttentionComposed() {}

  /**
   * scores[h,i,j] = scale queries[h,i,:] . keys[h / groupSize,j,:] + mask[h modulo maskHeads,i,j]; -infinity where query
   * i does not see key j.
   *
   * <p>Work items: one a score, {@code heads} x {@code seqLenQ} x {@code seqLenK}.
   *
   * <p>Numerics: fp32, in the order of the elements. A hidden key is not read.
   *
   * <p>Cost: 2 headDim + 2 FLOP a visible pair; 2 headDim loads of 4 bytes a pair as far as the caches do not save them,
   * and one store.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Vaswani et al., "Attention is all you need", arXiv:1706.03762 (2017), equation 1.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [heads / groupSize, seqLenK, headDim], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param scores [heads, seqLenQ, seqLenK], written
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ queries a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and of a key
   * @param scale factor on the products
   * @param causal 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ, else 0
   * @param maskHeads heads of the mask; 0 for none
   */
  public static void scores(
      FloatArray queries,
      FloatArray keys,
      FloatArray mask,
      FloatArray scores,
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
          float score = Float.NEGATIVE_INFINITY;
          if (bias != Float.NEGATIVE_INFINITY) {
            int queryRow = (h * seqLenQ + i) * headDim;
            int keyRow = ((h / groupSize) * seqLenK + j) * headDim;
            float dot = 0.0f;
            for (int d = 0; d < headDim; d++) {
              dot += queries.get(queryRow + d) * keys.get(keyRow + d);
            }
            score = scale * dot + bias;
          }
          scores.set((h * seqLenQ + i) * seqLenK + j, score);
        }
      }
    }
  }

  /**
   * scores[r,j] becomes exp(scores[r,j] - rowMax[r]) / rowSum[r], rowMax[r] = max over j of scores[r,j], rowSum[r] = sum
   * over j of exp(scores[r,j] - rowMax[r]); lse[r] = rowMax[r] + log(rowSum[r]).
   *
   * <p>Work items: one a row.
   *
   * <p>Numerics: fp32, in the order of j. A score of -infinity gives 0; a row of nothing else gives 0 throughout and lse
   * -infinity. A NaN or a +infinity makes all of the row NaN.
   *
   * <p>Cost: 5 FLOP and one exp a score; each score is read three times and written twice, 4 bytes each, as far as the
   * caches do not save it.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: the definition, shifted by the maximum as in Blanchard, Higham and Higham, "Accurately computing the
   * log-sum-exp and softmax functions", IMA J. Numer. Anal. 41 (2021), algorithm 3.2.
   *
   * @param scores [rows, cols], read and overwritten with the probabilities
   * @param lse [rows], written
   * @param rows heads x seqLenQ
   * @param cols seqLenK
   */
  public static void softmax(FloatArray scores, FloatArray lse, int rows, int cols) {
    for (@Parallel int r = 0; r < rows; r++) {
      int row = r * cols;
      float rowMax = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < cols; j++) {
        float score = scores.get(row + j);
        // A comparison rather than max(): OpenCL's drops a NaN, Java's keeps it. The NaN comes back
        // through exp.
        rowMax = score > rowMax ? score : rowMax;
      }
      // Without a shift, -infinity - -infinity would make a row of -infinity NaN.
      float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
      float rowSum = 0.0f;
      for (int j = 0; j < cols; j++) {
        float exponential = TornadoMath.exp(scores.get(row + j) - shift);
        scores.set(row + j, exponential);
        rowSum += exponential;
      }
      float divisor = rowSum == 0.0f ? 1.0f : rowSum;
      for (int j = 0; j < cols; j++) {
        scores.set(row + j, scores.get(row + j) / divisor);
      }
      lse.set(r, shift + TornadoMath.log(rowSum));
    }
  }

  /**
   * output[h,i,c] = sum over the keys j that query i sees of probabilities[h,i,j] values[h / groupSize,j,c].
   *
   * <p>Work items: one an element of the output, {@code heads} x {@code seqLenQ} x {@code headDimV}.
   *
   * <p>Numerics: fp32, in the order of j. A hidden key is not read: 0 times its NaN would be NaN.
   *
   * <p>Cost: 2 headDimV FLOP a visible pair; 2 headDimV loads of 4 bytes a pair as far as the caches do not save them.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: the definition.
   *
   * @param probabilities [heads, seqLenQ, seqLenK], read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param output [heads, seqLenQ, headDimV], written
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ queries a head
   * @param seqLenK keys a head
   * @param headDimV elements of a value
   * @param causal 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ, else 0
   * @param maskHeads heads of the mask; 0 for none
   */
  public static void output(
      FloatArray probabilities,
      FloatArray values,
      FloatArray mask,
      FloatArray output,
      int heads,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDimV,
      int causal,
      int maskHeads) {
    for (@Parallel int h = 0; h < heads; h++) {
      for (@Parallel int i = 0; i < seqLenQ; i++) {
        for (@Parallel int c = 0; c < headDimV; c++) {
          int row = (h * seqLenQ + i) * seqLenK;
          int firstValue = (h / groupSize) * seqLenK * headDimV + c;
          int maskRow = 0;
          if (maskHeads > 0) {
            maskRow = ((h % maskHeads) * seqLenQ + i) * seqLenK;
          }
          int keysSeen = seqLenK;
          if (causal != 0) {
            keysSeen = TornadoMath.min(seqLenK, i - seqLenQ + seqLenK + 1);
          }
          float sum = 0.0f;
          for (int j = 0; j < keysSeen; j++) {
            float bias = 0.0f;
            if (maskHeads > 0) {
              bias = mask.get(maskRow + j);
            }
            if (bias != Float.NEGATIVE_INFINITY) {
              sum += probabilities.get(row + j) * values.get(firstValue + j * headDimV);
            }
          }
          output.set((h * seqLenQ + i) * headDimV + c, sum);
        }
      }
    }
  }
}
