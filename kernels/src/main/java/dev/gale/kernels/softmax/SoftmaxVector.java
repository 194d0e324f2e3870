package dev.gale.kernels.softmax;

import dev.gale.kernels.vector.VectorExp;
import dev.gale.kernels.vector.VectorRows;
import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Softmax by rows with the JDK's Vector API: a row is read from memory once, worked on in the caches, written once. */
public final class SoftmaxVector {

  private SoftmaxVector() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / sum over l of exp(logits[i,l] - rowMax[i]).
   *
   * <p>Work items: one a row.
   *
   * <p>Numerics: fp32; exp(x) as {@code VectorExp.exp2(x log2(e))}; the sum in two vectors of partial sums. Special
   * values as the package says.
   *
   * <p>Cost: 5 FLOP an element; each element is read once and written once, 4 bytes each.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}.
   *
   * <p>Source: the definition, shifted by the maximum.
   *
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param rows rows
   * @param cols elements of a row
   */
  public static void softmax(FloatArray logits, FloatArray probabilities, int rows, int cols) {
    for (@Parallel int row = 0; row < rows; row++) {
      row(logits.getSegment(), probabilities.getSegment(), row, cols);
    }
  }

  private static void row(MemorySegment logits, MemorySegment probabilities, int row, int cols) {
    int padded = Math.ceilDiv(cols, VectorTiles.COLS) * VectorTiles.COLS;
    float[] scratch = VectorScratch.floats(padded);
    long start = (long) row * cols * Float.BYTES;
    VectorTiles.load(logits, start, scratch, 0, cols);
    Arrays.fill(scratch, cols, padded, Float.NEGATIVE_INFINITY);
    float max = VectorRows.max(scratch, 0, padded);
    float shift = max == Float.NEGATIVE_INFINITY ? 0.0f : max;
    float sum = VectorRows.exponentials(scratch, 0, padded, shift, VectorExp.LOG2_E);
    VectorRows.scale(scratch, 0, padded, sum == 0.0f ? 0.0f : 1.0f / sum);
    VectorTiles.store(scratch, 0, probabilities, start, cols);
  }
}
