package dev.gale.kernels.matmul;

import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A block of C, for {@link MatmulVector#matmul} and {@link MatmulVector#matmulByColumns}. Its rows of A are copied once and stay in the second-level
 * cache; each panel of B is read once; a panel's sums are gathered in working memory, and written to C when they are complete: all of a panel's rows at once,
 * or tile by tile where terms are few.
 */
final class MatmulBlock {

  private static final int COLS = VectorTiles.COLS;
  private static final int DEPTH = VectorTiles.DEPTH;
  private static final int STRIDE = VectorTiles.STRIDE;

  /** Products at most that deep write C tile by tile: stores that miss the cache then overlap with the next tile's products. */
  private static final int SHALLOW = DEPTH / 2;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private MatmulBlock() {}

  static void multiply(
      MemorySegment a,
      MemorySegment packed,
      MemorySegment c,
      int row,
      int rows,
      int column,
      int columns,
      int n,
      int k) {
    // Scratch: A [pieces of DEPTH][rows][STRIDE], sums [rows][COLS].
    int sums = Math.ceilDiv(k, DEPTH) * rows * STRIDE;
    float[] scratch = VectorScratch.floats(sums + rows * COLS);
    load(a, scratch, row, rows, k);
    long packedStart = VectorTiles.alignment(packed);
    boolean shallow = k <= SHALLOW;
    for (int j = column; j < column + columns; j += COLS) {
      long panel = packedStart + (long) (j / COLS) * k * VectorTiles.B_STRIDE_BYTES;
      for (int l = 0; l < k; l += DEPTH) {
        int depth = Math.min(DEPTH, k - l);
        int piece = l / DEPTH * rows * STRIDE;
        int height;
        for (int i = 0; i < rows; i += height) {
          height = VectorTiles.rows(rows - i);
          VectorTiles.multiply(
              height,
              depth,
              scratch,
              piece + i * STRIDE,
              packed,
              panel + l * VectorTiles.B_STRIDE_BYTES,
              scratch,
              sums + i * COLS,
              COLS,
              l > 0);
          if (shallow) {
            store(scratch, sums + i * COLS, c, row + i, height, j, n);
          }
        }
      }
      if (!shallow) {
        store(scratch, sums, c, row, rows, j, n);
      }
    }
  }

  private static void load(MemorySegment a, float[] scratch, int row, int rows, int k) {
    for (int i = 0; i < rows; i++) {
      for (int l = 0; l < k; l += DEPTH) {
        VectorTiles.load(
            a,
            ((long) (row + i) * k + l) * Float.BYTES,
            scratch,
            (l / DEPTH * rows + i) * STRIDE,
            Math.min(DEPTH, k - l));
      }
    }
  }

  private static void store(
      float[] scratch, int sums, MemorySegment c, int row, int rows, int column, int n) {
    long target = ((long) row * n + column) * Float.BYTES;
    long stride = (long) n * Float.BYTES;
    if (column + COLS <= n) {
      for (int i = 0; i < rows; i++) {
        int from = sums + i * COLS;
        long to = target + i * stride;
        FloatVector.fromArray(SPECIES, scratch, from).intoMemorySegment(c, to, ORDER);
        FloatVector.fromArray(SPECIES, scratch, from + LENGTH)
            .intoMemorySegment(c, to + (long) LENGTH * Float.BYTES, ORDER);
      }
    } else {
      for (int i = 0; i < rows; i++) {
        VectorTiles.store(scratch, sums + i * COLS, c, target + i * stride, n - column);
      }
    }
  }
}
