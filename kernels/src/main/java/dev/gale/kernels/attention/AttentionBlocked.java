package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention blocked for vector registers, the lanes of a vector being 16 query rows of a head: maxima, sums and
 * exponentials of rows then need nothing across lanes. For processors behind a TornadoVM backend, in one task: {@link BlockedRows} puts
 * rows into lanes and back, {@link BlockedTile} does what there is to do for a block and 128 keys.
 *
 * <p>Its helpers are many and large: TornadoVM's compiler has to be started so that it inlines them all
 * (docs/tornadovm-notes.md).
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
      int scores = item * workVectors(headDim, headDimV, group) + 1;
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
        int keysSeen = seqLenK;
        if (causal != 0) {
          keysSeen = TornadoMath.min(seqLenK, end + seqLenK - seqLenQ);
        }
        for (int from = 0; from < keysSeen; from += KEYS) {
          BlockedTile.attend(
              keys, values, mask, work, scores, h, firstRow, end, from, groupSize, seqLenQ, seqLenK,
              headDim, headDimV, causal, maskHeads, panel);
        }
        for (int row = firstRow; row < end; row += ROWS) {
          BlockedRows.finish(
              queries,
              keys,
              values,
              mask,
              work,
              output,
              lse,
              scores + KEYS + (row - firstRow) / ROWS * BlockedRows.vectors(headDim, headDimV),
              h,
              row,
              groupSize,
              seqLenQ,
              seqLenK,
              headDim,
              headDimV,
              scale,
              causal,
              maskHeads);
        }
      }
    }
  }
}
