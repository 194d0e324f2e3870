package dev.gale.kernels.softmax;

import dev.gale.kernels.vector.VectorExp;
import dev.gale.kernels.vector.VectorRows;
import dev.gale.kernels.vector.VectorScratch;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of a band of short rows by {@link SoftmaxVector}: the maxima of all, the exponentials and sums of all, then all
 * are scaled. A row alone would wait for its own reductions; those of a band overlap.
 *
 * <p>Slices of the segments are each loop's own: of those the JIT knows the class and the bounds, and checks neither with
 * each access.
 */
final class SoftmaxShortRows {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private SoftmaxShortRows() {}

  static void rows(MemorySegment logits, MemorySegment probabilities, int row, int rows, int cols) {
    long start = (long) row * cols * Float.BYTES;
    long bytes = (long) rows * cols * Float.BYTES;
    // For each row its maximum, then the factor to scale by.
    float[] perRow = VectorScratch.floats(rows);
    maxima(logits, start, bytes, rows, cols, perRow);
    exponentials(logits, probabilities, start, bytes, rows, cols, perRow);
    scale(probabilities, start, bytes, rows, cols, perRow);
  }

  /** The largest element of each row that is not NaN, 0 where that is -infinity. */
  private static void maxima(
      MemorySegment logits, long start, long bytes, int rows, int cols, float[] perRow) {
    MemorySegment x = logits.asSlice(start, bytes);
    int end = cols / LENGTH * LENGTH;
    VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
    for (int i = 0; i < rows; i++) {
      FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      int j = 0;
      for (; j <= end - 4 * LENGTH; j += 4 * LENGTH) {
        FloatVector x0 = load(x, i, j, cols);
        FloatVector x1 = load(x, i, j + LENGTH, cols);
        FloatVector x2 = load(x, i, j + 2 * LENGTH, cols);
        FloatVector x3 = load(x, i, j + 3 * LENGTH, cols);
        largest = largest.blend(x0, x0.compare(VectorOperators.GT, largest));
        largest = largest.blend(x1, x1.compare(VectorOperators.GT, largest));
        largest = largest.blend(x2, x2.compare(VectorOperators.GT, largest));
        largest = largest.blend(x3, x3.compare(VectorOperators.GT, largest));
      }
      for (; j < end; j += LENGTH) {
        FloatVector element = load(x, i, j, cols);
        largest = largest.blend(element, element.compare(VectorOperators.GT, largest));
      }
      if (end < cols) {
        FloatVector last =
            FloatVector.fromMemorySegment(SPECIES, x, at(i, end, cols), ORDER, inside);
        largest = largest.blend(last, last.compare(VectorOperators.GT, largest).and(inside));
      }
      float max = VectorRows.largestLane(largest);
      perRow[i] = max == Float.NEGATIVE_INFINITY ? 0.0f : max;
    }
  }

  /** Writes exp(x - rowMax) for each element x; leaves 1 / sum in place of the maximum, 0 where that is infinite. */
  private static void exponentials(
      MemorySegment logits,
      MemorySegment probabilities,
      long start,
      long bytes,
      int rows,
      int cols,
      float[] perRow) {
    MemorySegment x = logits.asSlice(start, bytes);
    MemorySegment y = probabilities.asSlice(start, bytes);
    int end = cols / LENGTH * LENGTH;
    VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
    for (int i = 0; i < rows; i++) {
      FloatVector shifts = FloatVector.broadcast(SPECIES, perRow[i]);
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int j = 0; j < end; j += LENGTH) {
        FloatVector power = VectorExp.exp2(load(x, i, j, cols).sub(shifts).mul(VectorExp.LOG2_E));
        store(y, i, j, cols, power);
        sums = sums.add(power);
      }
      if (end < cols) {
        FloatVector last =
            FloatVector.fromMemorySegment(SPECIES, x, at(i, end, cols), ORDER, inside);
        FloatVector power = VectorExp.exp2(last.sub(shifts).mul(VectorExp.LOG2_E));
        power.intoMemorySegment(y, at(i, end, cols), ORDER, inside);
        sums = sums.add(power, inside);
      }
      float sum = sums.reduceLanes(VectorOperators.ADD);
      perRow[i] = sum == 0.0f ? 0.0f : 1.0f / sum;
    }
  }

  /** Multiplies each row by its factor. */
  private static void scale(
      MemorySegment probabilities, long start, long bytes, int rows, int cols, float[] perRow) {
    MemorySegment y = probabilities.asSlice(start, bytes);
    int end = cols / LENGTH * LENGTH;
    VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
    for (int i = 0; i < rows; i++) {
      FloatVector factor = FloatVector.broadcast(SPECIES, perRow[i]);
      int j = 0;
      for (; j <= end - 4 * LENGTH; j += 4 * LENGTH) {
        store(y, i, j, cols, load(y, i, j, cols).mul(factor));
        store(y, i, j + LENGTH, cols, load(y, i, j + LENGTH, cols).mul(factor));
        store(y, i, j + 2 * LENGTH, cols, load(y, i, j + 2 * LENGTH, cols).mul(factor));
        store(y, i, j + 3 * LENGTH, cols, load(y, i, j + 3 * LENGTH, cols).mul(factor));
      }
      for (; j < end; j += LENGTH) {
        store(y, i, j, cols, load(y, i, j, cols).mul(factor));
      }
      if (end < cols) {
        FloatVector.fromMemorySegment(SPECIES, y, at(i, end, cols), ORDER, inside)
            .mul(factor)
            .intoMemorySegment(y, at(i, end, cols), ORDER, inside);
      }
    }
  }

  private static FloatVector load(MemorySegment segment, int row, int column, int cols) {
    return FloatVector.fromMemorySegment(SPECIES, segment, at(row, column, cols), ORDER);
  }

  private static void store(
      MemorySegment segment, int row, int column, int cols, FloatVector vector) {
    vector.intoMemorySegment(segment, at(row, column, cols), ORDER);
  }

  private static long at(int row, int column, int cols) {
    return ((long) row * cols + column) * Float.BYTES;
  }
}
