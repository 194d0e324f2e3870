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
 * exponentials of rows then need nothing across lanes. For processors behind a TornadoVM backend, in one task: {@link BlockedRows} puts
 * rows into lanes and back, {@link BlockedScores} and {@link BlockedValues} multiply.
 */
public final class AttentionBlocked {

  /** Query rows in a block: the lanes of a vector. */
  public static final int ROWS = 16;

  /** Keys in a panel: so many accumulators share the load of a query vector. */
  public static final int PANEL = 16;

  /** Keys between two looks at the maximum; a multiple of {@link #PANEL}. */
  public static final int KEYS = 128;

  /** Elements in a line of a cache, as good as everywhere. */
  private static final int LINE = 16;

  private AttentionBlocked() {}

  /** Vectors that a work item needs to work in: queries, a factor, scores, sums, maxima, divisors. */
  public static int workVectors(int headDim, int headDimV) {
    return headDim + 1 + KEYS + headDimV + 2;
  }

  /**
   * output[h,i,:] = sum over j of p[j] values[g,j,:] / rowSum, p[j] = LanesExp.exp(s[j] - rowMax), s[j] = scale queries[h,i,:] .
   * keys[g,j,:] + mask[h modulo maskHeads,i,j] + (-infinity where j is hidden by causality), rowMax = max of s, rowSum =
   * sum of p, lse[h,i] = rowMax + log(rowSum); g = h / groupSize. Blocks of 128 keys: their scores, sixteen at a time in
   * registers; the new maximum, the exponentials and their sum; then the products with the values, sixteen columns at a
   * time in registers, onto the sums scaled by exp(old maximum - new maximum), each exponential as {@link LanesExp} computes it.
   *
   * <p>Work items: as many as there are slices in {@code work}; each computes a run of blocks of 16 query rows of a head, so that what it works in
   * stays in a near cache. Where causality hides keys, a head's blocks are taken from its first and its last rows by turns, so that
   * neighbouring work items, which a driver may give to one core, take as long as others.
   *
   * <p>Numerics: fp32, in the order of the elements and of the keys. What is hidden is hidden by adding -infinity, and
   * its values are multiplied by 0: a row in which that makes a NaN, of a NaN or an infinity, hidden or not, is done again by {@link
   * AttentionRepair}.
   * Exponentials are those of {@link LanesExp}. Keys that causality hides from all 16 rows are left out. A row that sees
   * no key gives 0 and lse -infinity.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP and one exp a pair of the blocks that are not left out; an element of keys or
   * values that is loaded is used for 16 rows. Queries are put into lanes once; a row that is done again costs as much as in {@link
   * AttentionOnline}.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Dao, "FlashAttention-2", arXiv:2307.08691 (2023), algorithm 1, with rows in lanes and the sums in memory
   * between blocks.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [heads / groupSize, seqLenK, headDim], read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if there are none
   * @param work {@link #workVectors} of 16 elements a work item, written and read
   * @param output [heads, seqLenQ, headDimV], written
   * @param lse [heads, seqLenQ], written and read
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ queries a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and of a key
   * @param headDimV elements of a value
   * @param scale factor on the products of queries and keys
   * @param hiding twice the heads of the mask, 0 for none, and 1 more if query i sees key j only when j &lt;= i + seqLenK - seqLenQ: a
   *     task has no more than fifteen parameters
   */
  public static void attention(
      FloatArray queries,
      FloatArray keys,
      FloatArray values,
      FloatArray mask,
      FloatArray work,
      FloatArray output,
      FloatArray lse,
      int heads,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      float scale,
      int hiding) {
    for (@Parallel int item = 0;
        item < work.getSize() / (ROWS * workVectors(headDim, headDimV));
        item++) {
      VectorFloat16 w = new VectorFloat16(work);
      int causal = hiding % 2;
      int maskHeads = hiding / 2;
      int blocks = (seqLenQ + ROWS - 1) / ROWS;
      int items = work.getSize() / (ROWS * workVectors(headDim, headDimV));
      int run = (heads * blocks + items - 1) / items;
      int packed = item * workVectors(headDim, headDimV);
      int factor = packed + headDim;
      int scores = factor + 1;
      int sums = scores + KEYS;
      int maxima = sums + headDimV;
      int divisors = maxima + 1;
      for (int n = item * run; n < TornadoMath.min((item + 1) * run, heads * blocks); n++) {
        int block = n;
        if (causal != 0) {
          int place = n % blocks;
          block = n - place + place / 2 + place % 2 * (blocks - 1 - place / 2 * 2);
        }
        int h = block / blocks;
        int row = block % blocks * ROWS;
        int lastRow = seqLenQ - 1 - row;
        int firstKey = h / groupSize * seqLenK;
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
        BlockedRows.pack(
            queries, work, packed, (h * seqLenQ + row) * headDim, lastRow, headDim, scale);
        for (int c = 0; c < headDimV + 2; c++) {
          w.set(sums + c, new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }
        w.set(maxima, Lanes.broadcast(Float.NEGATIVE_INFINITY));
        for (int from = 0; from < keysSeen; from += KEYS) {
          int width = TornadoMath.min(KEYS, keysSeen - from);
          if (groupSize * seqLenQ <= ROWS) {
            float touched =
                touch(keys, (firstKey + from) * headDim, width * headDim)
                    + touch(values, (firstKey + from) * headDimV, width * headDimV);
            w.set(divisors, Float16.add(w.get(divisors), Lanes.broadcast(touched)));
          }
          for (int j = 0; j < width; j += PANEL) {
            BlockedScores.multiply(
                work,
                keys,
                packed,
                scores + j,
                (firstKey + from + j) * headDim,
                seqLenK - 1 - from - j,
                seqLenK,
                headDim);
          }
          if (causal != 0) {
            for (int j = TornadoMath.max(firstHidden - from, 0); j < width; j++) {
              // So many lanes, counted from the first row, do not see the key.
              int lanes = from + j - firstHidden + 1;
              w.set(scores + j, Float16.add(w.get(scores + j), BlockedRows.hidden(lanes)));
            }
          }
          if (maskHeads > 0) {
            for (int j = 0; j < width; j++) {
              Float16 bias = BlockedRows.column(mask, maskRow + from + j, seqLenK, lastRow);
              w.set(scores + j, Float16.add(w.get(scores + j), bias));
            }
          }
          Float16 oldMax = w.get(maxima);
          Float16 newMax = oldMax;
          Float16 otherMax = oldMax;
          for (int j = 0; j < width / 2 * 2; j += 2) {
            newMax = Lanes.larger(newMax, w.get(scores + j));
            otherMax = Lanes.larger(otherMax, w.get(scores + j + 1));
          }
          newMax = Lanes.larger(newMax, Lanes.larger(otherMax, w.get(scores + width - 1)));
          w.set(maxima, newMax);
          // Until a score is above -infinity, the shift is finite: -infinity - -infinity would be
          // NaN.
          Float16 shift = Lanes.larger(newMax, Lanes.broadcast(-Float.MAX_VALUE));
          w.set(factor, oldMax);
          for (int j = factor; j < scores + width; j++) {
            w.set(j, LanesExp.exp(Float16.sub(w.get(j), shift)));
          }
          Float16 correction = w.get(factor);
          Float16 rowSum = Float16.mult(w.get(divisors), correction);
          for (int j = 0; j < width; j++) {
            rowSum = Float16.add(rowSum, w.get(scores + j));
          }
          w.set(divisors, rowSum);
          BlockedValues.multiply(
              work,
              values,
              sums,
              scores,
              correction,
              (firstKey + from) * headDimV,
              width,
              headDimV);
        }
        // A row that has seen a key above -infinity has a sum of at least 1, but for rounding.
        Float16 total = w.get(divisors);
        Float16 divisor = Lanes.larger(total, Lanes.broadcast(0.5f));
        int to = h * seqLenQ + row;
        // NaN comes of NaN, and of what is not finite: such a row is done again.
        total =
            Float16.add(
                total, BlockedRows.divide(work, output, sums, divisor, to, lastRow, headDimV));
        Float16 rowMax = Lanes.larger(w.get(maxima), Lanes.broadcast(-Float.MAX_VALUE));
        BlockedRows.store(lse, to, 1, Float16.add(rowMax, BlockedRows.log(total)), lastRow);
        for (int i = row; i < TornadoMath.min(row + ROWS, seqLenQ); i++) {
          AttentionRepair.row(
              h, i, queries, keys, values, mask, output, lse, groupSize, seqLenQ, seqLenK, headDim,
              headDimV, scale, causal, maskHeads);
        }
      }
    }
  }

  /**
   * Brings elements into the cache in the order of memory, which the products don't keep: with few rows they would wait
   * for each line.
   *
   * @return 0, or NaN where one that was looked at, or their sum, is not finite
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
