package dev.gale.kernels.matmul;

import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One work item of {@link MatmulVector#matmul}: a block of C. */
final class MatmulBlock {

  private static final int COLS = VectorTiles.COLS;
  private static final int DEPTH = VectorTiles.DEPTH;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
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
    int tile = rows * VectorTiles.STRIDE;
    float[] scratch = VectorScratch.floats(tile + VectorTiles.ROWS * COLS);
    long packedStart = VectorTiles.alignment(packed);
    for (int l = 0; l < k; l += DEPTH) {
      int depth = Math.min(DEPTH, k - l);
      for (int i = 0; i < rows; i++) {
        long source = ((long) (row + i) * k + l) * Float.BYTES;
        VectorTiles.load(a, source, scratch, i * VectorTiles.STRIDE, depth);
      }
      for (int j = column; j < column + columns; j += COLS) {
        long panel = packedStart + ((long) (j / COLS) * k + l) * VectorTiles.B_STRIDE_BYTES;
        int width = Math.min(COLS, n - j);
        int height;
        for (int i = 0; i < rows; i += height) {
          height = VectorTiles.rows(rows - i);
          Arrays.fill(scratch, tile, tile + height * COLS, 0.0f);
          VectorTiles.multiply(
              height,
              depth,
              scratch,
              i * VectorTiles.STRIDE,
              packed,
              panel,
              VectorTiles.B_STRIDE_BYTES,
              scratch,
              tile,
              COLS);
          long target = ((long) (row + i) * n + j) * Float.BYTES;
          store(scratch, tile, c, target, (long) n * Float.BYTES, height, width, l > 0);
        }
      }
    }
  }

  private static void store(
      float[] scratch,
      int tile,
      MemorySegment c,
      long target,
      long cStride,
      int height,
      int width,
      boolean accumulate) {
    for (int i = 0; i < height; i++) {
      int from = tile + i * COLS;
      long to = target + i * cStride;
      int j = 0;
      for (; j <= width - SPECIES.length(); j += SPECIES.length()) {
        FloatVector sums = FloatVector.fromArray(SPECIES, scratch, from + j);
        long place = to + (long) j * Float.BYTES;
        if (accumulate) {
          sums = sums.add(FloatVector.fromMemorySegment(SPECIES, c, place, ORDER));
        }
        sums.intoMemorySegment(c, place, ORDER);
      }
      for (; j < width; j++) {
        long place = to + (long) j * Float.BYTES;
        float sum = scratch[from + j];
        c.set(
            ValueLayout.JAVA_FLOAT_UNALIGNED,
            place,
            accumulate ? c.get(ValueLayout.JAVA_FLOAT_UNALIGNED, place) + sum : sum);
      }
    }
  }
}
