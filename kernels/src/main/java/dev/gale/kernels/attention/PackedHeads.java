package dev.gale.kernels.attention;

import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Keys and values in panels of {@link VectorTiles#COLS}, each buffer from its first cache line on. */
final class PackedHeads {

  private static final int COLS = VectorTiles.COLS;
  private static final int STRIDE = VectorTiles.STRIDE;

  /** Scratch, in elements: keys [COLS][STRIDE], one column of them [COLS]. */
  private static final int TRANSPOSED = COLS * STRIDE;

  private PackedHeads() {}

  /** Where the keys of a key-value head start, bytes: [panels of keys][headDim][COLS]. */
  static long keysStart(MemorySegment packed, int kvHead, int seqLenK, int headDim) {
    return VectorTiles.alignment(packed)
        + (long) kvHead * Math.ceilDiv(seqLenK, COLS) * headDim * VectorTiles.B_STRIDE_BYTES;
  }

  /** Where the values of a key-value head start, bytes: [panels of headDimV][seqLenK][COLS]. */
  static long valuesStart(MemorySegment packed, int kvHead, int seqLenK, int headDimV) {
    return VectorTiles.alignment(packed)
        + (long) kvHead * Math.ceilDiv(headDimV, COLS) * seqLenK * VectorTiles.B_STRIDE_BYTES;
  }

  /** Packs a panel of keys: transposed, 0 behind the last key. */
  static void packKeys(
      MemorySegment keys, MemorySegment packed, int kvHead, int first, int seqLenK, int headDim) {
    int count = Math.min(COLS, seqLenK - first);
    float[] scratch = VectorScratch.floats(COLS * STRIDE + COLS);
    long source = ((long) kvHead * seqLenK + first) * headDim * Float.BYTES;
    long target =
        keysStart(packed, kvHead, seqLenK, headDim)
            + (long) (first / COLS) * headDim * VectorTiles.B_STRIDE_BYTES;
    if (count < COLS) {
      Arrays.fill(scratch, count * STRIDE, TRANSPOSED, 0.0f);
    }
    for (int d = 0; d < headDim; d += VectorTiles.DEPTH) {
      int columns = Math.min(VectorTiles.DEPTH, headDim - d);
      long from = source + (long) d * Float.BYTES;
      VectorTiles.loadRows(keys, from, headDim, scratch, 0, STRIDE, count, columns);
      long to = target + d * VectorTiles.B_STRIDE_BYTES;
      for (int e = 0; e < columns; e++) {
        transpose(scratch, e);
        VectorTiles.storePanelRow(scratch, TRANSPOSED, packed, to + e * VectorTiles.B_STRIDE_BYTES);
      }
    }
  }

  private static void transpose(float[] scratch, int from) {
    for (int j = 0; j < COLS; j++) {
      scratch[TRANSPOSED + j] = scratch[from + j * STRIDE];
    }
  }

  /** Packs the values of some keys, 0 behind the last column. */
  static void packValues(
      MemorySegment values,
      MemorySegment packed,
      int kvHead,
      int first,
      int seqLenK,
      int headDimV) {
    int count = Math.min(COLS, seqLenK - first);
    long source = ((long) kvHead * seqLenK + first) * headDimV * Float.BYTES;
    long target =
        valuesStart(packed, kvHead, seqLenK, headDimV) + first * VectorTiles.B_STRIDE_BYTES;
    for (int d = 0; d < headDimV; d += COLS) {
      int columns = Math.min(COLS, headDimV - d);
      long panel = target + (long) (d / COLS) * seqLenK * VectorTiles.B_STRIDE_BYTES;
      for (int j = 0; j < count; j++) {
        VectorTiles.packRow(
            values,
            source + ((long) j * headDimV + d) * Float.BYTES,
            packed,
            panel + j * VectorTiles.B_STRIDE_BYTES,
            columns);
      }
    }
  }
}
