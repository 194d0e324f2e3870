package dev.gale.kernels.attention;

import dev.gale.kernels.vector.StreamedKeys;
import dev.gale.kernels.vector.StreamedValues;
import dev.gale.kernels.vector.VectorExp;
import dev.gale.kernels.vector.VectorRows;
import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * One work item of {@link AttentionDecode#attention}: a block of the query rows that share a key-value head. Rows are counted
 * through all heads of the group, as they lie in memory.
 */
final class DecodeBlock {

  /** Keys of a block: the scores of a register tile's rows stay in the first-level cache. */
  private static final int KEYS = VectorTiles.DEPTH;

  /** Register tiles of a full block: keys and values fetched from the outer caches serve that many. */
  static final int TILES = 4;

  private static final int COLS = VectorTiles.COLS;

  private final AttentionOperands operands;
  private final QueryRows queryRows;
  private final MemorySegment queries;
  private final MemorySegment keys;
  private final MemorySegment values;
  private final int headDim;
  private final int headDimV;
  private final float scale;
  private final boolean masked;
  private final long keysStart;
  private final long valuesStart;
  private final int sumStride;

  DecodeBlock(AttentionOperands operands, int kvHead) {
    this.operands = operands;
    this.queries = operands.queries();
    this.keys = operands.keys();
    this.values = operands.values();
    this.queryRows = operands.rows(kvHead);
    this.headDim = operands.headDim();
    this.headDimV = operands.headDimV();
    this.scale = operands.scale();
    this.masked = queryRows.masked();
    this.keysStart = (long) kvHead * operands.seqLenK() * headDim * Float.BYTES;
    this.sumStride = Math.ceilDiv(headDimV, COLS) * COLS;
    this.valuesStart = (long) kvHead * operands.seqLenK() * headDimV * Float.BYTES;
  }

  // Scratch, in elements: queries [pieces of DEPTH][rows][STRIDE], scores [rows][STRIDE],
  // sums [rows][panels of values][COLS]. A panel of values that are not read in streams lies apart,
  // [KEYS][COLS].

  void run(int row, int rows) {
    int pieces = Math.ceilDiv(headDim, VectorTiles.DEPTH);
    int scores = pieces * rows * VectorTiles.STRIDE;
    int sums = scores + rows * VectorTiles.STRIDE;
    float[] scratch = VectorScratch.floats(sums + rows * sumStride);
    float[] rowMax = new float[rows];
    float[] rowSum = new float[rows];
    Arrays.fill(rowMax, Float.NEGATIVE_INFINITY);
    Arrays.fill(scratch, sums, sums + rows * sumStride, 0.0f);
    loadQueries(scratch, row, rows);

    int end = queryRows.visible(row, rows);
    for (int key = 0; key < end; key += KEYS) {
      int count = Math.min(KEYS, end - key);
      int height;
      for (int i = 0; i < rows; i += height) {
        height = VectorTiles.rows(rows - i);
        int depth = Math.min(count, queryRows.visible(row + i, height) - key);
        if (depth <= 0) {
          continue;
        }
        int tile = scores + i * VectorTiles.STRIDE;
        scores(scratch, i, height, rows, tile, key, depth);
        boolean hidden = false;
        for (int r = i; r < i + height; r++) {
          hidden |=
              softmax(
                  scratch,
                  tile + (r - i) * VectorTiles.STRIDE,
                  row + r,
                  key,
                  depth,
                  r,
                  rowMax,
                  rowSum,
                  sums + r * sumStride);
        }
        int ofTile = sums + i * sumStride;
        if (hidden && !finiteValues(key, depth)) {
          carefulSums(scratch, tile, row + i, height, key, depth, ofTile);
        } else {
          sums(scratch, tile, height, key, depth, ofTile);
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      int ofRow = sums + r * sumStride;
      if (StreamedValues.takes(headDimV)) {
        StreamedValues.order(scratch, ofRow, headDimV);
      }
      operands.finish(scratch, ofRow, queryRows.index(row + r), queryRows, rowMax[r], rowSum[r]);
    }
  }

  private void loadQueries(float[] scratch, int row, int rows) {
    float factor = masked ? scale : scale * VectorExp.LOG2_E;
    for (int i = 0; i < rows; i++) {
      long source = queryRows.index(row + i) * headDim * Float.BYTES;
      for (int d = 0; d < headDim; d += VectorTiles.DEPTH) {
        int target = (d / VectorTiles.DEPTH * rows + i) * VectorTiles.STRIDE;
        int count = Math.min(VectorTiles.DEPTH, headDim - d);
        VectorTiles.load(queries, source + (long) d * Float.BYTES, scratch, target, count);
        for (int e = target; e < target + count; e++) {
          scratch[e] *= factor;
        }
      }
      if (StreamedKeys.takes(headDim)) {
        StreamedKeys.order(scratch, i * VectorTiles.STRIDE, headDim);
      }
    }
  }

  private void scores(float[] scratch, int i, int height, int rows, int tile, int key, int depth) {
    if (StreamedKeys.takes(headDim)) {
      StreamedKeys.dots(
          height,
          scratch,
          i * VectorTiles.STRIDE,
          headDim,
          keys,
          keysStart + (long) key * headDim * Float.BYTES,
          depth,
          tile);
      return;
    }
    for (int r = 0; r < height; r++) {
      VectorRows.dots(
          scratch,
          (i + r) * VectorTiles.STRIDE,
          rows * VectorTiles.STRIDE,
          headDim,
          keys,
          keysStart + (long) key * headDim * Float.BYTES,
          depth,
          tile + r * VectorTiles.STRIDE);
    }
  }

  /** Turns a row of scores into exponentials; tells whether a key of the block is hidden from it. */
  private boolean softmax(
      float[] scratch,
      int tile,
      int row,
      int key,
      int depth,
      int r,
      float[] rowMax,
      float[] rowSum,
      int sums) {
    int seen = Math.clamp((long) queryRows.visible(row) - key, 0, depth);
    int padded = Math.ceilDiv(depth, COLS) * COLS;
    Arrays.fill(scratch, tile + seen, tile + padded, Float.NEGATIVE_INFINITY);
    boolean hidden = seen < depth;
    if (masked) {
      hidden |= queryRows.addMask(scratch, tile, row, key, seen);
    }
    float before = rowMax[r];
    float max = Math.max(before, VectorRows.max(scratch, tile, padded));
    float shift = max == Float.NEGATIVE_INFINITY ? 0.0f : max;
    float rescale = 1.0f;
    if (max > before && before > Float.NEGATIVE_INFINITY) {
      rescale = (float) Math.exp(masked ? before - max : (before - max) * VectorExp.LN_2);
      VectorRows.scale(scratch, sums, sumStride, rescale);
    }
    rowMax[r] = max;
    float unit = masked ? VectorExp.LOG2_E : 1.0f;
    rowSum[r] = rowSum[r] * rescale + VectorRows.exponentials(scratch, tile, padded, shift, unit);
    return hidden;
  }

  /** Whether all values of some keys are finite; if so, exponentials of 0 keep hidden ones out. */
  private boolean finiteValues(int key, int keys) {
    long start = valuesStart + (long) key * headDimV * Float.BYTES;
    return VectorRows.finite(values, start, keys * headDimV);
  }

  private void sums(float[] scratch, int tile, int height, int key, int depth, int sums) {
    long start = valuesStart + (long) key * headDimV * Float.BYTES;
    if (StreamedValues.takes(headDimV)) {
      StreamedValues.sums(height, scratch, tile, depth, values, start, headDimV, sums, sumStride);
      return;
    }
    MemorySegment panel = VectorScratch.bytes(KEYS * VectorTiles.B_STRIDE_BYTES);
    for (int d = 0; d < headDimV; d += COLS) {
      for (int j = 0; j < depth; j++) {
        VectorTiles.packRow(
            values,
            start + ((long) j * headDimV + d) * Float.BYTES,
            panel,
            j * VectorTiles.B_STRIDE_BYTES,
            Math.min(COLS, headDimV - d));
      }
      VectorTiles.multiply(
          height, depth, scratch, tile, panel, 0, scratch, sums + d, sumStride, true);
    }
  }

  /** The product with the values where a hidden key's value is not finite: hidden keys are left out one by one. */
  private void carefulSums(
      float[] scratch, int tile, int row, int height, int key, int depth, int sums) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < depth; j++) {
        if (queryRows.hides(row + i, key + j)) {
          continue;
        }
        sums(scratch, tile + i * VectorTiles.STRIDE + j, 1, key + j, 1, sums + i * sumStride);
      }
    }
  }
}
