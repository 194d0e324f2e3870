package dev.gale.kernels.attention;

import dev.gale.kernels.vector.StreamedKeys;
import dev.gale.kernels.vector.StreamedValues;
import dev.gale.kernels.vector.VectorExp;
import dev.gale.kernels.vector.VectorRows;
import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One work item of a vector kernel of attention: a block of the query rows that share a key-value head. Rows are counted
 * through all heads of the group, as they lie in memory.
 */
final class AttentionBlock {

  /** Keys of a block: the scores of a register tile's rows stay in the first-level cache. */
  private static final int KEYS = VectorTiles.DEPTH;

  /** Register tiles of a full block: keys and values fetched from the outer caches serve that many. */
  private static final int TILES = 4;

  private static final int COLS = VectorTiles.COLS;

  private final MemorySegment queries;
  private final MemorySegment keys;
  private final boolean packed;
  private final MemorySegment values;
  private final MemorySegment mask;
  private final MemorySegment output;
  private final MemorySegment lse;
  private final int firstHead;
  private final int seqLenQ;
  private final int seqLenK;
  private final int headDim;
  private final int headDimV;
  private final float scale;
  private final boolean causal;
  private final int maskHeads;
  private final boolean masked;
  private final long keysStart;
  private final long valuesStart;

  private AttentionBlock(
      MemorySegment queries,
      MemorySegment keys,
      boolean packed,
      MemorySegment values,
      MemorySegment mask,
      MemorySegment output,
      MemorySegment lse,
      int kvHead,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      float scale,
      boolean causal,
      int maskHeads) {
    this.queries = queries;
    this.keys = keys;
    this.packed = packed;
    this.values = values;
    this.mask = mask;
    this.output = output;
    this.lse = lse;
    this.firstHead = kvHead * groupSize;
    this.seqLenQ = seqLenQ;
    this.seqLenK = seqLenK;
    this.headDim = headDim;
    this.headDimV = headDimV;
    this.scale = scale;
    this.causal = causal;
    this.maskHeads = maskHeads;
    this.masked = maskHeads > 0;
    this.keysStart =
        packed
            ? VectorTiles.alignment(keys)
                + (long) kvHead * Math.ceilDiv(seqLenK, COLS) * headDim * VectorTiles.B_STRIDE_BYTES
            : (long) kvHead * seqLenK * headDim * Float.BYTES;
    this.valuesStart = (long) kvHead * seqLenK * headDimV * Float.BYTES;
  }

  /** Work items of an attention. */
  static int items(int heads, int groupSize, int seqLenQ) {
    int kvHeads = heads / groupSize;
    int rowsOfKvHead = groupSize * seqLenQ;
    return kvHeads * Math.ceilDiv(rowsOfKvHead, rows(kvHeads, rowsOfKvHead));
  }

  /** One work item. */
  static void attend(
      int item,
      MemorySegment queries,
      MemorySegment keys,
      boolean packed,
      MemorySegment values,
      MemorySegment mask,
      MemorySegment output,
      MemorySegment lse,
      int heads,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      float scale,
      boolean causal,
      int maskHeads) {
    int kvHeads = heads / groupSize;
    int rowsOfKvHead = groupSize * seqLenQ;
    int rows = rows(kvHeads, rowsOfKvHead);
    int blocks = Math.ceilDiv(rowsOfKvHead, rows);
    int row = balanced(item % blocks, blocks) * rows;
    new AttentionBlock(
            queries,
            keys,
            packed,
            values,
            mask,
            output,
            lse,
            item / blocks,
            groupSize,
            seqLenQ,
            seqLenK,
            headDim,
            headDimV,
            scale,
            causal,
            maskHeads)
        .run(row, Math.min(rows, rowsOfKvHead - row));
  }

  /** Rows of a block: few enough that every thread of a large machine gets several. */
  private static int rows(int kvHeads, int rowsOfKvHead) {
    long tiles = (long) kvHeads * rowsOfKvHead / (16L * VectorTiles.ROWS);
    return Math.clamp(tiles, 1, TILES) * VectorTiles.ROWS;
  }

  /** Spreads the causal mask's long and short blocks evenly over any contiguous part of a head's blocks. */
  private static int balanced(int place, int blocks) {
    return (place & 1) == 0 ? place / 2 : blocks - 1 - place / 2;
  }

  // Scratch, in elements: queries [pieces of DEPTH][rows][STRIDE], scores [rows][STRIDE],
  // sums [rows][panels of values][COLS]. Values of a last panel that is not whole lie apart,
  // [KEYS][COLS].

  private void run(int row, int rows) {
    int pieces = Math.ceilDiv(headDim, VectorTiles.DEPTH);
    int scores = pieces * rows * VectorTiles.STRIDE;
    int sums = scores + rows * VectorTiles.STRIDE;
    int wholePanels = headDimV / COLS;
    int panels = Math.ceilDiv(headDimV, COLS);
    int sumStride = panels * COLS;
    float[] scratch = VectorScratch.floats(sums + rows * sumStride);
    MemorySegment edge =
        VectorScratch.bytes(wholePanels < panels ? KEYS * VectorTiles.B_STRIDE_BYTES : 0);
    float[] rowMax = new float[rows];
    float[] rowSum = new float[rows];
    Arrays.fill(rowMax, Float.NEGATIVE_INFINITY);
    Arrays.fill(scratch, sums, sums + rows * sumStride, 0.0f);
    loadQueries(scratch, row, rows);

    int end = visible(row, rows);
    for (int key = 0; key < end; key += KEYS) {
      int count = Math.min(KEYS, end - key);
      if (wholePanels < panels) {
        loadEdgeValues(edge, key, count, wholePanels * COLS);
      }
      int height;
      for (int i = 0; i < rows; i += height) {
        height = VectorTiles.rows(rows - i);
        int depth = Math.min(count, visible(row + i, height) - key);
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
                  sums + r * sumStride,
                  sumStride);
        }
        if (hidden && !finiteValues(key, depth)) {
          carefulSums(scratch, tile, row + i, height, key, depth, sums + i * sumStride, sumStride);
          continue;
        }
        if (!packed && StreamedValues.takes(headDimV)) {
          StreamedValues.sums(
              height,
              scratch,
              tile,
              depth,
              values,
              valuesStart + (long) key * headDimV * Float.BYTES,
              headDimV,
              sums + i * sumStride,
              sumStride);
          continue;
        }
        for (int p = 0; p < panels; p++) {
          boolean whole = p < wholePanels;
          VectorTiles.multiplyStrided(
              height,
              depth,
              scratch,
              tile,
              whole ? values : edge,
              whole ? valuesStart + ((long) key * headDimV + (long) p * COLS) * Float.BYTES : 0,
              whole ? (long) headDimV * Float.BYTES : VectorTiles.B_STRIDE_BYTES,
              scratch,
              sums + i * sumStride + p * COLS,
              sumStride,
              true);
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      finish(scratch, sums + r * sumStride, row + r, rowMax[r], rowSum[r]);
    }
  }

  /** Keys that a row sees, causality alone considered: those before this one. */
  private int visible(int row) {
    return causal ? Math.clamp((long) row % seqLenQ + seqLenK - seqLenQ + 1, 0, seqLenK) : seqLenK;
  }

  /** Keys that any of some rows sees. */
  private int visible(int row, int rows) {
    int last = row + rows - 1;
    return visible(row / seqLenQ == last / seqLenQ ? last : seqLenQ - 1);
  }

  private long maskStart(int row) {
    int head = (firstHead + row / seqLenQ) % maskHeads;
    return ((long) head * seqLenQ + row % seqLenQ) * seqLenK * Float.BYTES;
  }

  private void loadQueries(float[] scratch, int row, int rows) {
    float factor = masked ? scale : scale * VectorExp.LOG2_E;
    for (int i = 0; i < rows; i++) {
      long source = ((long) firstHead * seqLenQ + row + i) * headDim * Float.BYTES;
      for (int d = 0; d < headDim; d += VectorTiles.DEPTH) {
        int target = (d / VectorTiles.DEPTH * rows + i) * VectorTiles.STRIDE;
        int count = Math.min(VectorTiles.DEPTH, headDim - d);
        VectorTiles.load(queries, source + (long) d * Float.BYTES, scratch, target, count);
        for (int e = target; e < target + count; e++) {
          scratch[e] *= factor;
        }
      }
    }
  }

  private void loadEdgeValues(MemorySegment edge, int key, int keys, int column) {
    for (int j = 0; j < keys; j++) {
      VectorTiles.packRow(
          values,
          valuesStart + ((long) (key + j) * headDimV + column) * Float.BYTES,
          edge,
          j * VectorTiles.B_STRIDE_BYTES,
          headDimV - column);
    }
  }

  private void scores(float[] scratch, int i, int height, int rows, int tile, int key, int depth) {
    if (!packed && StreamedKeys.takes(headDim)) {
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
    if (!packed) {
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
      return;
    }
    for (int j = 0; j < depth; j += COLS) {
      long panel = keysStart + (long) ((key + j) / COLS) * headDim * VectorTiles.B_STRIDE_BYTES;
      for (int d = 0; d < headDim; d += VectorTiles.DEPTH) {
        VectorTiles.multiply(
            height,
            Math.min(VectorTiles.DEPTH, headDim - d),
            scratch,
            (d / VectorTiles.DEPTH * rows + i) * VectorTiles.STRIDE,
            keys,
            panel + d * VectorTiles.B_STRIDE_BYTES,
            scratch,
            tile + j,
            VectorTiles.STRIDE,
            d > 0);
      }
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
      int sums,
      int sumStride) {
    int seen = Math.clamp((long) visible(row) - key, 0, depth);
    int padded = Math.ceilDiv(depth, COLS) * COLS;
    Arrays.fill(scratch, tile + seen, tile + padded, Float.NEGATIVE_INFINITY);
    boolean hidden = seen < depth;
    if (masked) {
      hidden |= addMask(scratch, tile, row, key, seen);
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

  private boolean addMask(float[] scratch, int tile, int row, int key, int seen) {
    boolean hidden = false;
    long source = maskStart(row) + (long) key * Float.BYTES;
    for (int j = 0; j < seen; j++) {
      float bias = mask.get(ValueLayout.JAVA_FLOAT_UNALIGNED, source + (long) j * Float.BYTES);
      boolean hide = bias == Float.NEGATIVE_INFINITY;
      scratch[tile + j] = hide ? Float.NEGATIVE_INFINITY : bias + scratch[tile + j];
      hidden |= hide;
    }
    return hidden;
  }

  private boolean hides(int row, int key) {
    return key >= visible(row)
        || (masked
            && mask.get(ValueLayout.JAVA_FLOAT_UNALIGNED, maskStart(row) + (long) key * Float.BYTES)
                == Float.NEGATIVE_INFINITY);
  }

  /** Whether all values of some keys are finite; if so, exponentials of 0 keep hidden ones out. */
  private boolean finiteValues(int key, int keys) {
    long start = valuesStart + (long) key * headDimV * Float.BYTES;
    return VectorRows.finite(values, start, keys * headDimV);
  }

  /** The product with the values where a hidden key's value is not finite: hidden keys are left out one by one. */
  private void carefulSums(
      float[] scratch, int tile, int row, int height, int key, int depth, int sums, int sumStride) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < depth; j++) {
        if (hides(row + i, key + j)) {
          continue;
        }
        float p = scratch[tile + i * VectorTiles.STRIDE + j];
        long value = valuesStart + (long) (key + j) * headDimV * Float.BYTES;
        int sum = sums + i * sumStride;
        for (int d = 0; d < headDimV; d++) {
          float v = values.get(ValueLayout.JAVA_FLOAT_UNALIGNED, value + (long) d * Float.BYTES);
          scratch[sum + d] = Math.fma(p, v, scratch[sum + d]);
        }
      }
    }
  }

  private void finish(float[] scratch, int sums, int row, float max, float sum) {
    boolean unseen = max == Float.NEGATIVE_INFINITY && sum == 0.0f;
    float factor = unseen ? 0.0f : 1.0f / sum;
    VectorRows.scale(scratch, sums, Math.ceilDiv(headDimV, COLS) * COLS, factor);
    long target = ((long) firstHead * seqLenQ + row) * headDimV * Float.BYTES;
    VectorTiles.store(scratch, sums, output, target, headDimV);
    lse.set(
        ValueLayout.JAVA_FLOAT_UNALIGNED,
        ((long) firstHead * seqLenQ + row) * Float.BYTES,
        unseen
            ? Float.NEGATIVE_INFINITY
            : (float)
                (masked
                    ? Math.max(max, -Float.MAX_VALUE) + Math.log(sum)
                    : (max == Float.NEGATIVE_INFINITY ? 0.0 : max) * VectorExp.LN_2
                        + Math.log(sum)));
  }
}
