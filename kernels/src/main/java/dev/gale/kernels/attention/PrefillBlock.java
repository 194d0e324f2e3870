package dev.gale.kernels.attention;

import dev.gale.kernels.vector.ShiftedExp;
import dev.gale.kernels.vector.VectorExp;
import dev.gale.kernels.vector.VectorRows;
import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import dev.gale.kernels.vector.VectorTranspose;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One work item of {@link AttentionVector#attention}: a block of the query rows that share a key-value head. Rows are
 * counted through all heads of the group, as they lie in memory.
 */
final class PrefillBlock {

  /** Keys of a block: a register tile's scores and their exponentials stay in the first-level cache. */
  static final int KEYS = VectorTiles.DEPTH / 2;

  /** Register tiles that pay for packing keys and values. */
  static final int LEAST_TILES = 24 / VectorTiles.ROWS;

  /** Rows of a full block, at most. */
  private static final int ROWS = 1056;

  /** Elements of a block's queries and of its output, at most: they stay in the second-level cache. */
  private static final int ELEMENTS = 132 * 1024;

  private static final int COLS = VectorTiles.COLS;
  private static final int LANES = COLS / 2;
  private static final int STRIDE = VectorTiles.STRIDE;

  private final AttentionOperands operands;
  private final QueryRows queryRows;
  private final MemorySegment queries;
  private final MemorySegment keys;
  private final MemorySegment values;
  private final long firstKey;
  private final int headDim;
  private final int headDimV;
  private final float scale;
  private final boolean masked;
  private final PackedKeys packed;
  private final int valuePanels;
  private final int sumStride;

  PrefillBlock(AttentionOperands operands, int kvHead) {
    this.operands = operands;
    this.queries = operands.queries();
    this.keys = operands.keys();
    this.values = operands.values();
    this.queryRows = operands.rows(kvHead);
    this.firstKey = (long) kvHead * operands.seqLenK();
    this.headDim = operands.headDim();
    this.headDimV = operands.headDimV();
    this.scale = operands.scale();
    this.masked = queryRows.masked();
    this.valuePanels = Math.ceilDiv(headDimV, COLS);
    this.sumStride = valuePanels * COLS;
    this.packed = new PackedKeys(KEYS, headDim, headDimV);
  }

  /** Register tiles of a full block. */
  static int mostTiles(int headDim, int headDimV) {
    return Math.clamp(ELEMENTS / ((long) headDim + headDimV), VectorTiles.ROWS, ROWS)
        / VectorTiles.ROWS;
  }

  // Scratch, in elements: queries [pieces of DEPTH][room][STRIDE], scores and behind them, at KEYS,
  // exponentials
  // [ROWS][STRIDE], sums [room][panels of values][COLS], row sums [room][LENGTH], shifts [room],
  // squares.
  // Room is for the rows
  // rounded up to whole register tiles: what the others hold counts for nothing.

  void run(int row, int rows) {
    int room = Math.ceilDiv(rows, VectorTiles.ROWS) * VectorTiles.ROWS;
    int scores = Math.ceilDiv(headDim, VectorTiles.DEPTH) * room * STRIDE;
    int sums = scores + VectorTiles.ROWS * STRIDE;
    int rowSums = sums + room * sumStride;
    int shifts = rowSums + room * LANES;
    int squares = shifts + room;
    float[] scratch = VectorScratch.floats(squares + VectorTranspose.WORK);
    Arrays.fill(scratch, sums, shifts, 0.0f);
    Arrays.fill(scratch, shifts, shifts + room, Float.NEGATIVE_INFINITY);
    loadQueries(scratch, row, rows, room);

    int end = queryRows.visible(row, rows);
    for (int key = 0; key < end; key += KEYS) {
      int count = Math.min(KEYS, end - key);
      long first = firstKey + key;
      packed.packKeys(keys, first * headDim * Float.BYTES, count, scratch, squares);
      packed.packValues(values, first * headDimV * Float.BYTES, count);
      int height;
      for (int i = 0; i < rows; i += height) {
        height = VectorTiles.roomyRows(rows - i);
        int live = Math.min(height, rows - i);
        int depth = Math.min(count, queryRows.visible(row + i, live) - key);
        if (depth <= 0) {
          continue;
        }
        scores(scratch, i, height, room, scores, depth);
        int shown = depth;
        for (int r = i; r < i + live; r++) {
          int at = scores + (r - i) * STRIDE;
          shown =
              Math.min(
                  shown,
                  softmax(
                      scratch,
                      at,
                      row + r,
                      key,
                      depth,
                      rowSums + r * LANES,
                      shifts + r,
                      sums + r * sumStride));
        }
        int tile = sums + i * sumStride;
        if (shown < depth && !finiteValues(shown, depth - shown)) {
          carefulSums(scratch, scores + KEYS, row + i, live, key, depth, tile);
        } else {
          sums(scratch, scores + KEYS, height, depth, tile);
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      float sum = VectorRows.sum(scratch, rowSums + r * LANES);
      long at = queryRows.index(row + r);
      operands.finish(scratch, sums + r * sumStride, at, queryRows, scratch[shifts + r], sum);
    }
  }

  private void loadQueries(float[] scratch, int row, int rows, int room) {
    float factor = masked ? scale : scale * VectorExp.LOG2_E;
    long source = queryRows.index(row) * headDim * Float.BYTES;
    for (int d = 0; d < headDim; d += VectorTiles.DEPTH) {
      int count = Math.min(VectorTiles.DEPTH, headDim - d);
      int target = d / VectorTiles.DEPTH * room * STRIDE;
      long from = source + (long) d * Float.BYTES;
      VectorTiles.loadRows(queries, from, headDim, scratch, target, STRIDE, rows, count);
      for (int i = 0; i < rows; i++) {
        VectorRows.scale(scratch, target + i * STRIDE, count, factor);
      }
    }
  }

  private void scores(float[] scratch, int i, int height, int room, int tile, int depth) {
    for (int j = 0; j < depth; j += COLS) {
      long panel = packed.keyPanel(j);
      for (int d = 0; d < headDim; d += VectorTiles.DEPTH) {
        VectorTiles.multiply(
            height,
            Math.min(VectorTiles.DEPTH, headDim - d),
            scratch,
            (d / VectorTiles.DEPTH * room + i) * STRIDE,
            packed.panels(),
            panel + d * VectorTiles.B_STRIDE_BYTES,
            scratch,
            tile + j,
            STRIDE,
            d > 0);
      }
    }
  }

  /**
   * Puts the exponentials of a row of scores behind them; tells how many of the block's first keys are certainly not
   * hidden from it.
   */
  private int softmax(
      float[] scratch, int at, int row, int key, int depth, int rowSum, int shiftAt, int sums) {
    int seen = Math.clamp((long) queryRows.visible(row) - key, 0, depth);
    int padded = Math.ceilDiv(depth, COLS) * COLS;
    if (masked) {
      boolean hides = queryRows.addMask(scratch, at, row, key, seen);
      exactSoftmax(scratch, at, seen, padded, rowSum, shiftAt, sums);
      return hides ? 0 : seen;
    }
    Arrays.fill(scratch, at + seen, at + padded, ShiftedExp.HIDDEN);
    if (scratch[shiftAt] == Float.NEGATIVE_INFINITY && seen >= COLS) {
      scratch[shiftAt] = ShiftedExp.shift(VectorRows.max(scratch, at, COLS));
    }
    if (!ShiftedExp.exponentials(scratch, at, at + KEYS, padded, scratch[shiftAt], rowSum)) {
      exactSoftmax(scratch, at, seen, padded, rowSum, shiftAt, sums);
    }
    return seen;
  }

  /** The same whatever the scores are: by their maximum, for which what was summed before is rescaled. */
  private void exactSoftmax(
      float[] scratch, int at, int seen, int padded, int rowSum, int shiftAt, int sums) {
    Arrays.fill(scratch, at + seen, at + padded, Float.NEGATIVE_INFINITY);
    float before = scratch[shiftAt];
    float max = VectorRows.max(scratch, at, padded);
    float shift = Math.max(before, masked ? max : ShiftedExp.shift(max));
    if (shift > before && before > Float.NEGATIVE_INFINITY) {
      double exponent = masked ? (before - shift) / VectorExp.LN_2 : before - shift;
      float rescale = (float) Math.pow(2, exponent);
      VectorRows.scale(scratch, sums, sumStride, rescale);
      VectorRows.scale(scratch, rowSum, LANES, rescale);
    }
    scratch[shiftAt] = shift;
    if (!masked) {
      Arrays.fill(scratch, at + seen, at + padded, ShiftedExp.HIDDEN);
      if (ShiftedExp.exponentials(scratch, at, at + KEYS, padded, shift, rowSum)) {
        return;
      }
      Arrays.fill(scratch, at + seen, at + padded, Float.NEGATIVE_INFINITY);
    }
    System.arraycopy(scratch, at, scratch, at + KEYS, padded);
    scratch[rowSum] +=
        VectorRows.exponentials(
            scratch,
            at + KEYS,
            padded,
            shift == Float.NEGATIVE_INFINITY ? 0.0f : shift,
            masked ? VectorExp.LOG2_E : 1.0f);
  }

  /** Whether all values of some of the block's keys are finite; if so, exponentials of 0 keep hidden ones out. */
  private boolean finiteValues(int key, int count) {
    boolean finite = true;
    for (int p = 0; p < valuePanels; p++) {
      finite &= VectorRows.finite(packed.panels(), packed.valueAt(p, key), count * COLS);
    }
    return finite;
  }

  private void sums(float[] scratch, int tile, int height, int depth, int sums) {
    for (int p = 0; p < valuePanels; p++) {
      VectorTiles.multiply(
          height,
          depth,
          scratch,
          tile,
          packed.panels(),
          packed.valueAt(p, 0),
          scratch,
          sums + p * COLS,
          sumStride,
          true);
    }
  }

  /** The same where a hidden key's value is not finite: hidden keys are left out one by one. */
  private void carefulSums(
      float[] scratch, int tile, int row, int rows, int key, int depth, int sums) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < depth; j++) {
        if (queryRows.hides(row + i, key + j)) {
          continue;
        }
        float p = scratch[tile + i * STRIDE + j];
        int sum = sums + i * sumStride;
        for (int d = 0; d < headDimV; d++) {
          long value = packed.valueAt(d / COLS, j) + (long) (d % COLS) * Float.BYTES;
          float v = packed.panels().get(ValueLayout.JAVA_FLOAT_UNALIGNED, value);
          scratch[sum + d] = Math.fma(p, v, scratch[sum + d]);
        }
      }
    }
  }
}
