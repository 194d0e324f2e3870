package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Flash attention: a work-group takes {@value #ROWS} query rows over tiles of {@value #KEYS} keys in local memory, so that
 * keys and values are read once for all of its rows, and no scores leave it. For GPUs.
 */
public final class AttentionFlash {

  /** Query rows of a work-group. */
  public static final int ROWS = 32;

  /** Columns of the output that a work-group computes at most; more are for further work-groups. */
  public static final int COLUMNS = 128;

  /** Work items of a work-group: {@value #ROW_ITEMS} by {@value #COLUMN_ITEMS}. */
  public static final int ITEMS = 128;

  private static final int ROW_ITEMS = 8;
  private static final int COLUMN_ITEMS = 16;

  /** Rows of scores and of output that a work item computes, neighbours. */
  private static final int ITEM_ROWS = ROWS / ROW_ITEMS;

  /** Keys of a tile. */
  private static final int KEYS = 64;

  /** Keys of a tile that a work item computes the scores of, {@value #COLUMN_ITEMS} apart. */
  private static final int ITEM_KEYS = KEYS / COLUMN_ITEMS;

  /** Columns of the output that a work item computes at most, {@value #COLUMN_ITEMS} apart. */
  private static final int ITEM_COLUMNS = COLUMNS / COLUMN_ITEMS;

  /** Elements of queries and keys that are in local memory at a time. */
  private static final int CHUNK = 32;

  /** Odd, so that rows that are read at the same time lie in different banks. */
  private static final int CHUNK_STRIDE = CHUNK + 1;

  /** Keys whose values are in local memory at a time. */
  private static final int VALUE_KEYS = 32;

  /** Odd, as {@link #CHUNK_STRIDE}. */
  private static final int WEIGHTS_STRIDE = KEYS + 1;

  /** Either a chunk of queries and keys, or a chunk of values. */
  private static final int TILE_FLOATS = VALUE_KEYS * COLUMNS;

  /** Local memory of a work-group, bytes. */
  public static final int LOCAL_BYTES =
      Float.BYTES * (TILE_FLOATS + ROWS * WEIGHTS_STRIDE + 2 * ROWS);

  /** The weight of a key that a query does not see; a weight that is seen is 0 or more, or NaN. */
  private static final float HIDDEN = -1.0f;

  private AttentionFlash() {}

  /**
   * output[h,i,:] = sum over visible j of p[j] values[g,j,:] / rowSum, p[j] = exp(s[j] - rowMax), s[j] = scale
   * queries[h,i,:] . keys[g,j,:] + mask[h modulo maskHeads,i,j], rowMax = max of s, rowSum = sum of p, lse[h,i] = rowMax
   * + log(rowSum); g = h / groupSize. Maximum, sum and output are carried from tile to tile: where a tile raises a row's
   * maximum, the row's sum and output are scaled by exp(old maximum - new maximum).
   *
   * <p>Work items: groups of {@value #ITEMS} in x, one group for each block of {@value #ROWS} query rows of each head,
   * heads outermost; in y, one group for each block of {@value #COLUMNS} columns of the output (each computes the scores
   * for itself). Any lengths: what a tile has beyond the end counts as 0.
   *
   * <p>Numerics: fp32. A score is summed in the order of the elements, the output in the order of the keys; each tile that
   * raises a maximum costs the sum and the output one more rounding. Special values as the package says.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP and one exp a visible pair, the scores anew for each block of columns; the keys and
   * values of a head are read once for each {@value #ROWS} of its query rows, 4 bytes an element. Tiles that lie beyond
   * the causal border are left out.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Dao, Fu, Ermon, Rudra and Re, "FlashAttention: fast and memory-efficient exact attention with
   * IO-awareness", arXiv:2205.14135 (2022), algorithm 1, with the order of loops and the division at the end of Dao,
   * "FlashAttention-2", arXiv:2307.08691 (2023), algorithm 1. Here queries and keys go through local memory in chunks, so
   * that it bounds no dimension; that a key is hidden is told by its weight, so that its value is not multiplied at all.
   *
   * @param context the work item's place
   * @param queries [heads, seqLenQ, headDim], read
   * @param keys [heads / groupSize, seqLenK, headDim], read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param output [heads, seqLenQ, headDimV], written
   * @param lse [heads, seqLenQ], written
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
      KernelContext context,
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
    float[] tile = context.allocateFloatLocalArray(TILE_FLOATS);
    float[] weights = context.allocateFloatLocalArray(ROWS * WEIGHTS_STRIDE);
    // The running maximum of each row, and behind them what the tile at hand scales each row by.
    float[] rows = context.allocateFloatLocalArray(2 * ROWS);
    int item = context.localIdx;
    int itemRow = (item / COLUMN_ITEMS) * ITEM_ROWS;
    int itemColumn = item % COLUMN_ITEMS;
    int rowBlocks = (seqLenQ + ROWS - 1) / ROWS;
    int head = context.groupIdx / rowBlocks;
    int firstRow = (context.groupIdx % rowBlocks) * ROWS;
    int firstColumn = context.groupIdy * COLUMNS;
    // Both are constants once compiled, so that a narrow output costs no loads of what is not
    // there.
    int itemColumns =
        headDimV < COLUMNS ? (headDimV + COLUMN_ITEMS - 1) / COLUMN_ITEMS : ITEM_COLUMNS;
    int columns = itemColumns * COLUMN_ITEMS;

    float[] sums = new float[ITEM_ROWS];
    float[] accumulators = new float[ITEM_ROWS * ITEM_COLUMNS];
    for (int a = 0; a < ITEM_ROWS; a++) {
      sums[a] = 0.0f;
      for (int c = 0; c < itemColumns; c++) {
        accumulators[a * ITEM_COLUMNS + c] = 0.0f;
      }
    }
    if (item < ROWS) {
      rows[item] = Float.NEGATIVE_INFINITY;
    }
    context.localBarrier();

    int keysSeen = seqLenK;
    if (causal != 0) {
      int lastRow = firstRow + ROWS < seqLenQ ? firstRow + ROWS : seqLenQ;
      keysSeen = lastRow - seqLenQ + seqLenK;
    }
    for (int firstKey = 0; firstKey < keysSeen; firstKey += KEYS) {
      float[] scores = new float[ITEM_ROWS * ITEM_KEYS];
      for (int s = 0; s < ITEM_ROWS * ITEM_KEYS; s++) {
        scores[s] = 0.0f;
      }
      for (int firstElement = 0; firstElement < headDim; firstElement += CHUNK) {
        for (int x = item; x < ROWS * CHUNK; x += ITEMS) {
          int row = firstRow + x / CHUNK;
          int element = firstElement + x % CHUNK;
          float query = 0.0f;
          if (row < seqLenQ && element < headDim) {
            query = queries.get((head * seqLenQ + row) * headDim + element);
          }
          tile[(x / CHUNK) * CHUNK_STRIDE + x % CHUNK] = query;
        }
        for (int x = item; x < KEYS * CHUNK; x += ITEMS) {
          int key = firstKey + x / CHUNK;
          int element = firstElement + x % CHUNK;
          float value = 0.0f;
          if (key < seqLenK && element < headDim) {
            value = keys.get(((head / groupSize) * seqLenK + key) * headDim + element);
          }
          tile[(ROWS + x / CHUNK) * CHUNK_STRIDE + x % CHUNK] = value;
        }
        context.localBarrier();
        for (int e = 0; e < CHUNK; e++) {
          for (int a = 0; a < ITEM_ROWS; a++) {
            float query = tile[(itemRow + a) * CHUNK_STRIDE + e];
            for (int b = 0; b < ITEM_KEYS; b++) {
              scores[a * ITEM_KEYS + b] +=
                  query * tile[(ROWS + itemColumn + b * COLUMN_ITEMS) * CHUNK_STRIDE + e];
            }
          }
        }
        // The tile is read to its end before the next chunk, or the values, overwrite it.
        context.localBarrier();
      }

      int visible = 0;
      for (int a = 0; a < ITEM_ROWS; a++) {
        int row = firstRow + itemRow + a;
        for (int b = 0; b < ITEM_KEYS; b++) {
          int tileKey = itemColumn + b * COLUMN_ITEMS;
          int key = firstKey + tileKey;
          float bias = Float.NEGATIVE_INFINITY;
          if (row < seqLenQ && key < seqLenK) {
            bias = 0.0f;
            if (maskHeads > 0) {
              bias = mask.get(((head % maskHeads) * seqLenQ + row) * seqLenK + key);
            }
            if (causal != 0 && key > row - seqLenQ + seqLenK) {
              bias = Float.NEGATIVE_INFINITY;
            }
          }
          float score = Float.NEGATIVE_INFINITY;
          if (bias != Float.NEGATIVE_INFINITY) {
            visible = visible | (1 << (a * ITEM_KEYS + b));
            score = scale * scores[a * ITEM_KEYS + b] + bias;
          }
          scores[a * ITEM_KEYS + b] = score;
          weights[(itemRow + a) * WEIGHTS_STRIDE + tileKey] = score;
        }
      }
      context.localBarrier();

      if (item < ROWS) {
        float oldMax = rows[item];
        float newMax = oldMax;
        for (int j = 0; j < KEYS; j++) {
          float score = weights[item * WEIGHTS_STRIDE + j];
          // A comparison rather than max(): OpenCL's drops a NaN, Java's keeps it. The NaN comes
          // back through exp.
          newMax = score > newMax ? score : newMax;
        }
        // Until a score is above -infinity, the shift is 0: -infinity - -infinity would be NaN.
        float shift = newMax == Float.NEGATIVE_INFINITY ? 0.0f : newMax;
        rows[item] = newMax;
        rows[ROWS + item] = TornadoMath.exp(oldMax - shift);
      }
      context.localBarrier();

      for (int a = 0; a < ITEM_ROWS; a++) {
        float rowMax = rows[itemRow + a];
        float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
        for (int b = 0; b < ITEM_KEYS; b++) {
          int tileKey = itemColumn + b * COLUMN_ITEMS;
          float weight = HIDDEN;
          if ((visible & (1 << (a * ITEM_KEYS + b))) != 0) {
            weight = TornadoMath.exp(scores[a * ITEM_KEYS + b] - shift);
          }
          weights[(itemRow + a) * WEIGHTS_STRIDE + tileKey] = weight;
        }
        float correction = rows[ROWS + itemRow + a];
        sums[a] = sums[a] * correction;
        for (int c = 0; c < itemColumns; c++) {
          accumulators[a * ITEM_COLUMNS + c] = accumulators[a * ITEM_COLUMNS + c] * correction;
        }
      }

      for (int firstValue = 0; firstValue < KEYS; firstValue += VALUE_KEYS) {
        for (int x = item; x < VALUE_KEYS * columns; x += ITEMS) {
          int key = firstKey + firstValue + x / columns;
          int column = firstColumn + x % columns;
          float value = 0.0f;
          if (key < seqLenK && column < headDimV) {
            value = values.get(((head / groupSize) * seqLenK + key) * headDimV + column);
          }
          tile[x] = value;
        }
        context.localBarrier();
        for (int j = 0; j < VALUE_KEYS; j++) {
          for (int a = 0; a < ITEM_ROWS; a++) {
            float weight = weights[(itemRow + a) * WEIGHTS_STRIDE + firstValue + j];
            if (weight != HIDDEN) {
              sums[a] += weight;
              for (int c = 0; c < itemColumns; c++) {
                accumulators[a * ITEM_COLUMNS + c] +=
                    weight * tile[j * columns + itemColumn + c * COLUMN_ITEMS];
              }
            }
          }
        }
        // Tile and weights are read to their end before the next chunk, or the next keys, overwrite
        // them.
        context.localBarrier();
      }
    }

    for (int a = 0; a < ITEM_ROWS; a++) {
      int row = firstRow + itemRow + a;
      if (row < seqLenQ) {
        float divisor = sums[a] == 0.0f ? 1.0f : sums[a];
        for (int c = 0; c < itemColumns; c++) {
          int column = firstColumn + itemColumn + c * COLUMN_ITEMS;
          if (column < headDimV) {
            output.set(
                (head * seqLenQ + row) * headDimV + column,
                accumulators[a * ITEM_COLUMNS + c] / divisor);
          }
        }
        if (itemColumn == 0 && firstColumn == 0) {
          float rowMax = rows[itemRow + a];
          float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
          lse.set(head * seqLenQ + row, shift + TornadoMath.log(sums[a]));
        }
      }
    }
  }
}
