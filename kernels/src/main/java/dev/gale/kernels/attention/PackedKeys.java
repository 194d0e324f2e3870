package dev.gale.kernels.attention;

import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import dev.gale.kernels.vector.VectorTranspose;
import java.lang.foreign.MemorySegment;

/**
 * A block of keys and their values as register tiles read them: in panels of {@link VectorTiles#COLS}, in a thread's own
 * working memory, which stays in the second-level cache.
 */
final class PackedKeys {

  private static final int COLS = VectorTiles.COLS;

  private final int capacity;
  private final int headDim;
  private final int headDimV;
  private final long valuesStart;
  private final MemorySegment panels;

  /**
   * @param capacity the most keys, a multiple of COLS
   * @param headDim elements of a key
   * @param headDimV elements of a value
   */
  PackedKeys(int capacity, int headDim, int headDimV) {
    this.capacity = capacity;
    this.headDim = headDim;
    this.headDimV = headDimV;
    this.valuesStart = (long) capacity / COLS * headDim * VectorTiles.B_STRIDE_BYTES;
    long values = (long) Math.ceilDiv(headDimV, COLS) * capacity * VectorTiles.B_STRIDE_BYTES;
    this.panels = VectorScratch.bytes(valuesStart + values);
  }

  /** What keys and values are in. */
  MemorySegment panels() {
    return panels;
  }

  /** Where a key's panel starts, bytes: [headDim][COLS]. */
  long keyPanel(int key) {
    return (long) (key / COLS) * headDim * VectorTiles.B_STRIDE_BYTES;
  }

  /** Where columns {@code panel} COLS on of a value start, bytes; those of the next key follow. */
  long valueAt(int panel, int key) {
    return valuesStart + ((long) panel * capacity + key) * VectorTiles.B_STRIDE_BYTES;
  }

  /**
   * Packs keys, transposed, 0 behind the last one.
   *
   * @param keys by rows
   * @param start the first, bytes
   * @param count how many
   * @param work working memory
   * @param workStart the first of {@link VectorTranspose#WORK} elements of it
   */
  void packKeys(MemorySegment keys, long start, int count, float[] work, int workStart) {
    long rowBytes = (long) headDim * Float.BYTES;
    for (int j = 0; j < count; j += COLS) {
      int rows = Math.min(COLS, count - j);
      long from = start + j * rowBytes;
      VectorTranspose.packColumns(keys, from, rows, headDim, work, workStart, panels, keyPanel(j));
    }
  }

  /** Packs values, 0 behind the last column. */
  void packValues(MemorySegment values, long start, int count) {
    for (int d = 0; d < headDimV; d += COLS) {
      int columns = Math.min(COLS, headDimV - d);
      long from = start + (long) d * Float.BYTES;
      VectorTiles.packRows(values, from, headDimV, panels, valueAt(d / COLS, 0), count, columns);
    }
  }
}
