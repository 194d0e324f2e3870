package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Attention blocked for vector registers, the lanes of a vector being 16 query rows of a head: maxima, sums and
 * exponentials of rows then need nothing across lanes. For processors behind a TornadoVM backend, in five tasks:
 * {@link AttentionPacking#packQueries}, {@link
 * AttentionPacking#packKeys}, {@link #attention}, {@link AttentionFinish} and {@link AttentionRepair} for what is not finite.
 */
public final class AttentionBlocked {

  /** Query rows a work item: the lanes of a vector. */
  public static final int ROWS = 16;

  /** Keys in a panel: so many accumulators share the load of a query vector. */
  public static final int PANEL = 16;

  /** Keys between two looks at the maximum; a multiple of {@link #PANEL}. */
  public static final int KEYS = 128;

  /** Columns of the output that are summed in registers at once. */
  private static final int COLUMNS = 16;

  /** Elements in a line of a cache, as good as everywhere. */
  private static final int LINE = 16;

  private AttentionBlocked() {}

  /** Vectors of packed queries: those of the rows, and {@link #ROWS} + 1 that hide keys. */
  public static long packedVectors(int heads, int seqLenQ, int headDim) {
    return (long) heads * Math.ceilDiv(seqLenQ, ROWS) * headDim + ROWS + 1;
  }

  /** Elements of packed keys. */
  public static long packedElements(int kvHeads, int seqLenK, int headDim) {
    return (long) kvHeads * Math.ceilDiv(seqLenK, PANEL) * PANEL * headDim;
  }

  /** Vectors that the work items need to work in: a factor, scores, sums, maxima, divisors, what is not finite. */
  public static long workVectors(int heads, int seqLenQ, int headDimV) {
    return (long) heads * Math.ceilDiv(seqLenQ, ROWS) * (KEYS + headDimV + 4);
  }

  /**
   * output[h,i,:] = sum over j of p[j] values[g,j,:] / rowSum, p[j] = LanesExp.exp(s[j] - rowMax), s[j] = scale queries[h,i,:] .
   * keys[g,j,:] + mask[h modulo maskHeads,i,j] + (-infinity where j is hidden by causality), rowMax = max of s, rowSum =
   * sum of p, lse[h,i] = rowMax + log(rowSum); g = h / groupSize. Blocks of 128 keys: their scores, sixteen at a time in
   * registers; the new maximum, the exponentials and their sum; then the products with the values, sixteen columns at a
   * time in registers, onto the sums scaled by exp(old maximum - new maximum), each exponential as {@link LanesExp} computes it.
   *
   * <p>Work items: one a block of 16 query rows of a head.
   *
   * <p>Numerics: fp32, in the order of the elements and of the keys. What is hidden is hidden by adding -infinity, and
   * its values are multiplied by 0: where a row meets a NaN or an infinity, hidden or not, {@link AttentionFinish} makes lse NaN, and {@link
   * AttentionRepair} is to do the row again. Exponentials are those of {@link LanesExp}. Keys that causality hides from all 16 rows are left out. A row that sees
   * no key gives 0 and lse -infinity.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP and one exp a pair of the blocks that are not left out; an element of keys or
   * values that is loaded is used for 16 rows.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Dao, "FlashAttention-2", arXiv:2307.08691 (2023), algorithm 1, with rows in lanes and the sums in memory
   * between blocks.
   *
   * @param queries queries as {@link AttentionPacking#packQueries} leaves them, read
   * @param keys [heads / groupSize, seqLenK, headDim], or as {@link AttentionPacking#packKeys} leaves them, read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param work {@link #workVectors}, written and read
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ queries a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and of a key
   * @param headDimV elements of a value
   * @param causal 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ, else 0
   * @param maskHeads heads of the mask; 0 for none
   * @param packed 1 if the keys are packed, which pays where many rows read them, else 0
   */
  public static void attention(
      VectorFloat16 queries,
      FloatArray keys,
      FloatArray values,
      FloatArray mask,
      VectorFloat16 work,
      int heads,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      int causal,
      int maskHeads,
      int packed) {
    for (@Parallel int item = 0; item < heads * ((seqLenQ + ROWS - 1) / ROWS); item++) {
      int blocks = (seqLenQ + ROWS - 1) / ROWS;
      int h = item / blocks;
      int row = item % blocks * ROWS;
      int lastRow = seqLenQ - 1 - row;
      int hiding = heads * blocks * headDim;
      int factor = item * (KEYS + headDimV + 4);
      int scores = factor + 1;
      int sums = scores + KEYS;
      int maxima = sums + headDimV;
      int divisors = maxima + 1;
      int notFinite = divisors + 1;
      int firstKey = h / groupSize * seqLenK;
      int firstPanel = h / groupSize * ((seqLenK + PANEL - 1) / PANEL);
      int maskRow = 0;
      if (maskHeads > 0) {
        maskRow = (h % maskHeads * seqLenQ + row) * seqLenK;
      }
      int keysSeen = seqLenK;
      int firstHidden = seqLenK;
      if (causal != 0) {
        firstHidden = row + seqLenK - seqLenQ + 1;
        keysSeen = TornadoMath.min(seqLenK, firstHidden + ROWS - 1);
      }
      for (int c = 0; c < headDimV + 3; c++) {
        work.set(sums + c, new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
      }
      work.set(maxima, Lanes.broadcast(Float.NEGATIVE_INFINITY));
      for (int from = 0; from < keysSeen; from += KEYS) {
        int width = TornadoMath.min(KEYS, keysSeen - from);
        if (packed == 0) {
          float touched =
              touch(keys, (firstKey + from) * headDim, width * headDim)
                  + touch(values, (firstKey + from) * headDimV, width * headDimV);
          work.set(notFinite, Float16.add(work.get(notFinite), Lanes.broadcast(touched)));
        }
        for (int j = 0; j < width; j += PANEL) {
          Float16 sum0 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum1 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum2 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum3 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum4 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum5 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum6 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum7 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum8 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum9 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum10 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum11 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum12 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum13 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum14 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum15 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          int last = seqLenK - 1 - from - j;
          int first = (firstKey + from + j) * headDim;
          int keyStride = headDim;
          int elementStride = 1;
          if (packed != 0) {
            last = PANEL - 1;
            first = (firstPanel + (from + j) / PANEL) * headDim * PANEL;
            keyStride = 1;
            elementStride = PANEL;
          }
          int k1 = TornadoMath.min(1, last) * keyStride;
          int k2 = TornadoMath.min(2, last) * keyStride;
          int k3 = TornadoMath.min(3, last) * keyStride;
          int k4 = TornadoMath.min(4, last) * keyStride;
          int k5 = TornadoMath.min(5, last) * keyStride;
          int k6 = TornadoMath.min(6, last) * keyStride;
          int k7 = TornadoMath.min(7, last) * keyStride;
          int k8 = TornadoMath.min(8, last) * keyStride;
          int k9 = TornadoMath.min(9, last) * keyStride;
          int k10 = TornadoMath.min(10, last) * keyStride;
          int k11 = TornadoMath.min(11, last) * keyStride;
          int k12 = TornadoMath.min(12, last) * keyStride;
          int k13 = TornadoMath.min(13, last) * keyStride;
          int k14 = TornadoMath.min(14, last) * keyStride;
          int k15 = TornadoMath.min(15, last) * keyStride;
          for (int d = 0; d < headDim; d++) {
            Float16 q = queries.get(item * headDim + d);
            int k = first + d * elementStride;
            sum0 = Float16.add(sum0, Float16.mult(q, Lanes.broadcast(keys.get(k))));
            sum1 = Float16.add(sum1, Float16.mult(q, Lanes.broadcast(keys.get(k + k1))));
            sum2 = Float16.add(sum2, Float16.mult(q, Lanes.broadcast(keys.get(k + k2))));
            sum3 = Float16.add(sum3, Float16.mult(q, Lanes.broadcast(keys.get(k + k3))));
            sum4 = Float16.add(sum4, Float16.mult(q, Lanes.broadcast(keys.get(k + k4))));
            sum5 = Float16.add(sum5, Float16.mult(q, Lanes.broadcast(keys.get(k + k5))));
            sum6 = Float16.add(sum6, Float16.mult(q, Lanes.broadcast(keys.get(k + k6))));
            sum7 = Float16.add(sum7, Float16.mult(q, Lanes.broadcast(keys.get(k + k7))));
            sum8 = Float16.add(sum8, Float16.mult(q, Lanes.broadcast(keys.get(k + k8))));
            sum9 = Float16.add(sum9, Float16.mult(q, Lanes.broadcast(keys.get(k + k9))));
            sum10 = Float16.add(sum10, Float16.mult(q, Lanes.broadcast(keys.get(k + k10))));
            sum11 = Float16.add(sum11, Float16.mult(q, Lanes.broadcast(keys.get(k + k11))));
            sum12 = Float16.add(sum12, Float16.mult(q, Lanes.broadcast(keys.get(k + k12))));
            sum13 = Float16.add(sum13, Float16.mult(q, Lanes.broadcast(keys.get(k + k13))));
            sum14 = Float16.add(sum14, Float16.mult(q, Lanes.broadcast(keys.get(k + k14))));
            sum15 = Float16.add(sum15, Float16.mult(q, Lanes.broadcast(keys.get(k + k15))));
          }
          // 0 where the scores are finite, NaN where one is not: exponentials would not tell.
          Float16 all =
              Float16.add(
                  Float16.add(
                      Float16.add(Float16.add(sum0, sum1), Float16.add(sum2, sum3)),
                      Float16.add(Float16.add(sum4, sum5), Float16.add(sum6, sum7))),
                  Float16.add(
                      Float16.add(Float16.add(sum8, sum9), Float16.add(sum10, sum11)),
                      Float16.add(Float16.add(sum12, sum13), Float16.add(sum14, sum15))));
          work.set(
              notFinite,
              Float16.add(work.get(notFinite), Float16.mult(all, Lanes.broadcast(0.0f))));
          work.set(scores + j, sum0);
          work.set(scores + j + 1, sum1);
          work.set(scores + j + 2, sum2);
          work.set(scores + j + 3, sum3);
          work.set(scores + j + 4, sum4);
          work.set(scores + j + 5, sum5);
          work.set(scores + j + 6, sum6);
          work.set(scores + j + 7, sum7);
          work.set(scores + j + 8, sum8);
          work.set(scores + j + 9, sum9);
          work.set(scores + j + 10, sum10);
          work.set(scores + j + 11, sum11);
          work.set(scores + j + 12, sum12);
          work.set(scores + j + 13, sum13);
          work.set(scores + j + 14, sum14);
          work.set(scores + j + 15, sum15);
        }
        if (causal != 0) {
          for (int j = TornadoMath.max(firstHidden - from, 0); j < width; j++) {
            // So many lanes, counted from the first row, do not see the key.
            int lanes = from + j - firstHidden + 1;
            work.set(scores + j, Float16.add(work.get(scores + j), queries.get(hiding + lanes)));
          }
        }
        if (maskHeads > 0) {
          for (int j = 0; j < width; j++) {
            Float16 bias = AttentionPacking.column(mask, maskRow + from + j, seqLenK, lastRow);
            work.set(scores + j, Float16.add(work.get(scores + j), bias));
            // NaN for NaN, 0 for the others, infinities among them.
            work.set(
                notFinite,
                Float16.add(
                    work.get(notFinite),
                    Float16.div(
                        Lanes.broadcast(0.0f),
                        Float16.add(Float16.mult(bias, bias), Lanes.broadcast(1.0f)))));
          }
        }
        Float16 oldMax = work.get(maxima);
        Float16 newMax = oldMax;
        Float16 otherMax = oldMax;
        for (int j = 0; j < width / 2 * 2; j += 2) {
          newMax = Lanes.larger(newMax, work.get(scores + j));
          otherMax = Lanes.larger(otherMax, work.get(scores + j + 1));
        }
        newMax = Lanes.larger(newMax, Lanes.larger(otherMax, work.get(scores + width - 1)));
        work.set(maxima, newMax);
        // Until a score is above -infinity, the shift is finite: -infinity - -infinity would be
        // NaN.
        Float16 shift = Lanes.larger(newMax, Lanes.broadcast(-Float.MAX_VALUE));
        work.set(factor, oldMax);
        for (int j = factor; j < scores + width; j++) {
          work.set(j, LanesExp.exp(Float16.sub(work.get(j), shift)));
        }
        Float16 correction = work.get(factor);
        Float16 rowSum = Float16.mult(work.get(divisors), correction);
        for (int j = 0; j < width; j++) {
          rowSum = Float16.add(rowSum, work.get(scores + j));
        }
        work.set(divisors, rowSum);
        for (int c = 0; c < headDimV - COLUMNS + 1; c += COLUMNS) {
          Float16 sum0 = Float16.mult(work.get(sums + c), correction);
          Float16 sum1 = Float16.mult(work.get(sums + c + 1), correction);
          Float16 sum2 = Float16.mult(work.get(sums + c + 2), correction);
          Float16 sum3 = Float16.mult(work.get(sums + c + 3), correction);
          Float16 sum4 = Float16.mult(work.get(sums + c + 4), correction);
          Float16 sum5 = Float16.mult(work.get(sums + c + 5), correction);
          Float16 sum6 = Float16.mult(work.get(sums + c + 6), correction);
          Float16 sum7 = Float16.mult(work.get(sums + c + 7), correction);
          Float16 sum8 = Float16.mult(work.get(sums + c + 8), correction);
          Float16 sum9 = Float16.mult(work.get(sums + c + 9), correction);
          Float16 sum10 = Float16.mult(work.get(sums + c + 10), correction);
          Float16 sum11 = Float16.mult(work.get(sums + c + 11), correction);
          Float16 sum12 = Float16.mult(work.get(sums + c + 12), correction);
          Float16 sum13 = Float16.mult(work.get(sums + c + 13), correction);
          Float16 sum14 = Float16.mult(work.get(sums + c + 14), correction);
          Float16 sum15 = Float16.mult(work.get(sums + c + 15), correction);
          for (int j = 0; j < width; j++) {
            Float16 p = work.get(scores + j);
            int v = (firstKey + from + j) * headDimV + c;
            sum0 = Float16.add(sum0, Float16.mult(p, Lanes.broadcast(values.get(v))));
            sum1 = Float16.add(sum1, Float16.mult(p, Lanes.broadcast(values.get(v + 1))));
            sum2 = Float16.add(sum2, Float16.mult(p, Lanes.broadcast(values.get(v + 2))));
            sum3 = Float16.add(sum3, Float16.mult(p, Lanes.broadcast(values.get(v + 3))));
            sum4 = Float16.add(sum4, Float16.mult(p, Lanes.broadcast(values.get(v + 4))));
            sum5 = Float16.add(sum5, Float16.mult(p, Lanes.broadcast(values.get(v + 5))));
            sum6 = Float16.add(sum6, Float16.mult(p, Lanes.broadcast(values.get(v + 6))));
            sum7 = Float16.add(sum7, Float16.mult(p, Lanes.broadcast(values.get(v + 7))));
            sum8 = Float16.add(sum8, Float16.mult(p, Lanes.broadcast(values.get(v + 8))));
            sum9 = Float16.add(sum9, Float16.mult(p, Lanes.broadcast(values.get(v + 9))));
            sum10 = Float16.add(sum10, Float16.mult(p, Lanes.broadcast(values.get(v + 10))));
            sum11 = Float16.add(sum11, Float16.mult(p, Lanes.broadcast(values.get(v + 11))));
            sum12 = Float16.add(sum12, Float16.mult(p, Lanes.broadcast(values.get(v + 12))));
            sum13 = Float16.add(sum13, Float16.mult(p, Lanes.broadcast(values.get(v + 13))));
            sum14 = Float16.add(sum14, Float16.mult(p, Lanes.broadcast(values.get(v + 14))));
            sum15 = Float16.add(sum15, Float16.mult(p, Lanes.broadcast(values.get(v + 15))));
          }
          work.set(sums + c, sum0);
          work.set(sums + c + 1, sum1);
          work.set(sums + c + 2, sum2);
          work.set(sums + c + 3, sum3);
          work.set(sums + c + 4, sum4);
          work.set(sums + c + 5, sum5);
          work.set(sums + c + 6, sum6);
          work.set(sums + c + 7, sum7);
          work.set(sums + c + 8, sum8);
          work.set(sums + c + 9, sum9);
          work.set(sums + c + 10, sum10);
          work.set(sums + c + 11, sum11);
          work.set(sums + c + 12, sum12);
          work.set(sums + c + 13, sum13);
          work.set(sums + c + 14, sum14);
          work.set(sums + c + 15, sum15);
        }
        for (int c = headDimV / COLUMNS * COLUMNS; c < headDimV; c++) {
          Float16 sum = Float16.mult(work.get(sums + c), correction);
          for (int j = 0; j < width; j++) {
            float v = values.get((firstKey + from + j) * headDimV + c);
            sum = Float16.add(sum, Float16.mult(work.get(scores + j), Lanes.broadcast(v)));
          }
          work.set(sums + c, sum);
        }
      }
    }
  }

  /**
   * Brings elements into the cache in the order of memory, which the products don't keep: with few rows they would wait
   * for each line.
   *
   * @return 0, or NaN where one that was looked at is not finite
   */
  private static float touch(FloatArray from, int first, int count) {
    float sum = 0.0f;
    float other = 0.0f;
    for (int i = 0; i < count; i += 2 * LINE) {
      sum += from.get(first + i);
      other += from.get(first + TornadoMath.min(i + LINE, count - 1));
    }
    return (sum + other) * 0.0f;
  }
}
