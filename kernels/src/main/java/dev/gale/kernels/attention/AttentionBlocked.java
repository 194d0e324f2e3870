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
 * rows into lanes and back, {@link BlockedScores} and {@link BlockedValues}, or their small forms, multiply.
 *
 * <p>It calls so much that TornadoVM's compiler has to be started so that it inlines all of it; and it stands in one method, as a helper of this size would
 * be refused (docs/tornadovm-notes.md).
 */
public final class AttentionBlocked {

  /** Query rows in a block: the lanes of a vector. */
  public static final int ROWS = 16;

  /** Keys in a panel: so many accumulators share the load of a query vector. */
  public static final int PANEL = 16;

  /** The same for sixteen registers of eight elements, two of which make a vector here; or for 32 of four. */
  public static final int SMALL_PANEL = 4;

  /** Keys between two looks at the maximum; a multiple of {@link #PANEL} and {@link #SMALL_PANEL}. */
  public static final int KEYS = 128;

  /** Blocks that take their turns with each {@link #KEYS} keys, at most. */
  public static final int GROUP = 8;

  // Places of a number that holds causal, panel, group - 1 and the heads of the mask, in this
  // order.
  private static final int PANEL_PLACE = 2;
  private static final int GROUP_PLACE = 4;
  private static final int MASK_PLACE = GROUP_PLACE * GROUP;

  /** Heads of a mask, at most. */
  public static final int MOST_MASK_HEADS = Integer.MAX_VALUE / MASK_PLACE;

  /** Elements in a line of a cache, as good as everywhere. */
  private static final int LINE = 16;

  private AttentionBlocked() {}

  /** Vectors that a work item needs to work in: a factor and scores, and for each block of a group what {@link BlockedRows} says. */
  public static int workVectors(int headDim, int headDimV, int group) {
    return 1 + KEYS + group * BlockedRows.vectors(headDim, headDimV);
  }

  /**
   * The last parameter of {@link #attention}, as a task has no more than fifteen.
   *
   * @param maskHeads heads of the mask, 0 for none, at most {@link #MOST_MASK_HEADS}
   * @param causal whether query i sees key j only when j &lt;= i + seqLenK - seqLenQ
   * @param panel {@link #PANEL} or {@link #SMALL_PANEL}
   * @param group blocks of 16 query rows that take their turns with each {@link #KEYS} keys, 1 to {@link #GROUP}
   */
  public static int layout(int maskHeads, boolean causal, int panel, int group) {
    return maskHeads * MASK_PLACE
        + (group - 1) * GROUP_PLACE
        + (panel == PANEL ? 0 : PANEL_PLACE)
        + (causal ? 1 : 0);
  }

  private static int panel(int layout) {
    return layout / PANEL_PLACE % 2 == 0 ? PANEL : SMALL_PANEL;
  }

  private static int group(int layout) {
    return layout / GROUP_PLACE % GROUP + 1;
  }

  /**
   * output[h,i,:] = sum over j of p[j] values[g,j,:] / rowSum, p[j] = LanesExp.exp(s[j] - rowMax), s[j] = scale queries[h,i,:] .
   * keys[g,j,:] + mask[h modulo maskHeads,i,j] + (-infinity where j is hidden by causality), rowMax = max of s, rowSum =
   * sum of p, lse[h,i] = rowMax + log(rowSum); g = h / groupSize. Blocks of 128 keys: their scores, a panel at a time in
   * registers; the new maximum, the exponentials and their sum; then the products with the values, as many columns at a
   * time in registers, onto the sums scaled by exp(old maximum - new maximum), each exponential as {@link LanesExp} computes it.
   *
   * <p>Work items: as many as there are slices in {@code work}; each computes a run of groups of blocks of 16 query rows of a head, so that what it works in
   * stays in a near cache. The blocks of a group take their turns with each 128 keys, which are then read from afar once for all of them. Where causality hides
   * keys, a head's groups are taken from its first and its last rows by turns, so that
   * neighbouring work items, which a driver may give to one core, take as long as others.
   *
   * <p>Numerics: fp32, in the order of the elements and of the keys. What is hidden is hidden by adding -infinity, and
   * its values are multiplied by 0: a row in which that makes a NaN, of a NaN or an infinity, hidden or not, is done again by {@link
   * AttentionRepair}.
   * Exponentials are those of {@link LanesExp}. Keys that causality hides from all 16 rows are left out. A row that sees
   * no key gives 0 and lse -infinity.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP and one exp a pair of the blocks that are not left out; an element of keys or
   * values that is loaded is used for 16 rows, and one that is loaded from afar for those of a group. Queries are put into lanes once; a row that is done again costs as much as in {@link
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
   * @param layout {@link #layout}
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
      int layout) {
    for (@Parallel int item = 0;
        item < work.getSize() / (ROWS * workVectors(headDim, headDimV, group(layout)));
        item++) {
      int causal = layout % 2;
      int panel = panel(layout);
      int group = group(layout);
      int maskHeads = layout / MASK_PLACE;
      int blocks = (seqLenQ + ROWS - 1) / ROWS;
      int groups = (blocks + group - 1) / group;
      int items = work.getSize() / (ROWS * workVectors(headDim, headDimV, group));
      int run = (heads * groups + items - 1) / items;
      VectorFloat16 w = new VectorFloat16(work);
      int factor = item * workVectors(headDim, headDimV, group);
      int scores = factor + 1;
      for (int n = item * run; n < TornadoMath.min((item + 1) * run, heads * groups); n++) {
        int h = n / groups;
        int place = n % groups;
        if (causal != 0) {
          place = place / 2 + place % 2 * (groups - 1 - place / 2 * 2);
        }
        int firstRow = place * group * ROWS;
        int end = TornadoMath.min(firstRow + group * ROWS, seqLenQ);
        for (int row = firstRow; row < end; row += ROWS) {
          BlockedRows.start(
              queries,
              work,
              scores + KEYS + (row - firstRow) / ROWS * BlockedRows.vectors(headDim, headDimV),
              (h * seqLenQ + row) * headDim,
              seqLenQ - 1 - row,
              headDim,
              headDimV,
              scale);
        }
        int groupSees = seqLenK;
        if (causal != 0) {
          groupSees = TornadoMath.min(seqLenK, end + seqLenK - seqLenQ);
        }
        for (int from = 0; from < groupSees; from += KEYS) {
          for (int row = firstRow; row < end; row += ROWS) {
            int state =
                scores + KEYS + (row - firstRow) / ROWS * BlockedRows.vectors(headDim, headDimV);
            int sums = BlockedRows.sums(state, headDim);
            int maxima = sums + headDimV;
            int divisors = maxima + 1;
            int firstKey = h / groupSize * seqLenK;
            int keysSeen = seqLenK;
            int firstHidden = seqLenK;
            if (causal != 0) {
              firstHidden = row + seqLenK - seqLenQ + 1;
              keysSeen = TornadoMath.min(seqLenK, firstHidden + ROWS - 1);
            }
            int width = TornadoMath.min(KEYS, keysSeen - from);
            if (width > 0) {
              if (groupSize * seqLenQ <= ROWS) {
                float touched =
                    touch(keys, (firstKey + from) * headDim, width * headDim)
                        + touch(values, (firstKey + from) * headDimV, width * headDimV);
                w.set(divisors, Float16.add(w.get(divisors), Lanes.broadcast(touched)));
              }
              for (int j = 0; j < width; j += panel) {
                int key = (firstKey + from + j) * headDim;
                int last = seqLenK - 1 - from - j;
                if (panel == PANEL) {
                  BlockedScores.multiply(
                      work, keys, state, scores + j, key, last, seqLenK, headDim);
                } else {
                  BlockedScoresSmall.multiply(
                      work, keys, state, scores + j, key, last, seqLenK, headDim);
                }
              }
              if (causal != 0) {
                for (int j = TornadoMath.max(firstHidden - from, 0); j < width; j++) {
                  // So many lanes, counted from the first row, do not see the key.
                  int lanes = from + j - firstHidden + 1;
                  w.set(scores + j, Float16.add(w.get(scores + j), BlockedRows.hidden(lanes)));
                }
              }
              if (maskHeads > 0) {
                int maskRow = (h % maskHeads * seqLenQ + row) * seqLenK;
                for (int j = 0; j < width; j++) {
                  Float16 bias =
                      BlockedRows.column(mask, maskRow + from + j, seqLenK, seqLenQ - 1 - row);
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
              // Finite until a score is above -infinity, of which -infinity less would be NaN.
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
              int value = (firstKey + from) * headDimV;
              if (panel == PANEL) {
                BlockedValues.multiply(
                    work, values, sums, scores, correction, value, width, headDimV);
              } else {
                BlockedValuesSmall.multiply(
                    work, values, sums, scores, correction, value, width, headDimV);
              }
            }
          }
        }
        for (int row = firstRow; row < end; row += ROWS) {
          int state =
              scores + KEYS + (row - firstRow) / ROWS * BlockedRows.vectors(headDim, headDimV);
          int sums = BlockedRows.sums(state, headDim);
          int lastRow = seqLenQ - 1 - row;
          // A row that has seen a key above -infinity has a sum of at least 1, but for rounding.
          Float16 total = w.get(sums + headDimV + 1);
          Float16 divisor = Lanes.larger(total, Lanes.broadcast(0.5f));
          int to = h * seqLenQ + row;
          // NaN comes of NaN, and of what is not finite: such a row is done again.
          total =
              Float16.add(
                  total, BlockedRows.divide(work, output, sums, divisor, to, lastRow, headDimV));
          Float16 rowMax = Lanes.larger(w.get(sums + headDimV), Lanes.broadcast(-Float.MAX_VALUE));
          BlockedRows.store(lse, to, 1, Float16.add(rowMax, BlockedRows.log(total)), lastRow);
          for (int i = row; i < TornadoMath.min(row + ROWS, seqLenQ); i++) {
            AttentionRepair.row(
                h, i, queries, keys, values, mask, output, lse, groupSize, seqLenQ, seqLenK,
                headDim, headDimV, scale, causal, maskHeads);
          }
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
