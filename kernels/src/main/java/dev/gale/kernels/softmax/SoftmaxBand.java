package dev.gale.kernels.softmax;

import dev.gale.kernels.vector.OffHeap;
import dev.gale.kernels.vector.ScaledExp;
import dev.gale.kernels.vector.VectorRows;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of a band of rows by {@link SoftmaxVector}, one after the other: exponentials and their sum in one loop over a
 * row, then that row scaled where the first-level cache still holds it.
 *
 * <p>Exponentials are scaled by a power of two that is the same for all rows until one of them has a maximum far from it;
 * that row is left to {@link SoftmaxByMaximum}, and the power chosen anew.
 *
 * <p>Each loop is a method with slices of the segments that are its own: of those the JIT knows the class ({@link OffHeap}) and
 * the bounds, and checks neither with each access.
 */
final class SoftmaxBand {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Columns from which on {@link SoftmaxPowers} is worth its call. */
  private static final int LONG_ROW = 512;

  private SoftmaxBand() {}

  static void rows(MemorySegment logits, MemorySegment probabilities, int row, int rows, int cols) {
    long bytes = (long) cols * Float.BYTES;
    long start = row * bytes;
    long end = start + rows * bytes;
    float offset = ScaledExp.offset(largestOfFirst(logits, start, cols));
    if (cols == SoftmaxOfFour.COLS || cols == SoftmaxOfEight.COLS) {
      while (start < end) {
        start +=
            cols == SoftmaxOfFour.COLS
                ? SoftmaxOfFour.rows(logits, probabilities, start, end - start, offset)
                : SoftmaxOfEight.rows(logits, probabilities, start, end - start, offset);
        if (start < end) {
          offset = SoftmaxByMaximum.row(logits, probabilities, start, cols);
          start += bytes;
        }
      }
      return;
    }
    for (; start < end; start += bytes) {
      float sum =
          exponentials(logits, probabilities, start, cols, offset)
              + last(logits, probabilities, start, cols, offset);
      if (ScaledExp.isSound(sum)) {
        scale(probabilities, start, cols, 1.0f / sum);
      } else {
        offset = SoftmaxByMaximum.row(logits, probabilities, start, cols);
      }
    }
  }

  /** The largest of the first vector's elements that is not NaN; -infinity if there is none. */
  private static float largestOfFirst(MemorySegment logits, long start, int cols) {
    FloatVector lowest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    VectorMask<Float> inside = SPECIES.indexInRange(0, cols);
    FloatVector first = FloatVector.fromMemorySegment(SPECIES, logits, start, ORDER, inside);
    return VectorRows.largestLane(
        lowest.blend(first, first.compare(VectorOperators.GT, lowest).and(inside)));
  }

  /** Writes the exponentials of a row's whole vectors and returns their sum. */
  private static float exponentials(
      MemorySegment logits, MemorySegment probabilities, long start, int cols, float offset) {
    int steps = cols < LONG_ROW ? 0 : cols / SoftmaxPowers.STEP * SoftmaxPowers.STEP;
    float sum =
        steps == 0 ? 0.0f : SoftmaxPowers.write(logits, probabilities, start, steps, offset);
    int count = cols / LENGTH * LENGTH - steps;
    long rest = start + (long) steps * Float.BYTES;
    MemorySegment x = OffHeap.slice(logits, rest, (long) count * Float.BYTES);
    MemorySegment y = OffHeap.slice(probabilities, rest, (long) count * Float.BYTES);
    FloatVector offsets = FloatVector.broadcast(SPECIES, offset);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int j = 0; j < count; j += LENGTH) {
      long at = (long) j * Float.BYTES;
      FloatVector power =
          ScaledExp.exp(FloatVector.fromMemorySegment(SPECIES, x, at, ORDER), offsets);
      power.intoMemorySegment(y, at, ORDER);
      sums = sums.add(power);
    }
    return sums.reduceLanes(VectorOperators.ADD) + sum;
  }

  /** The same for the columns that make no whole vector. */
  private static float last(
      MemorySegment logits, MemorySegment probabilities, long start, int cols, float offset) {
    int end = cols / LENGTH * LENGTH;
    if (end == cols) {
      return 0.0f;
    }
    long at = start + (long) end * Float.BYTES;
    VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
    FloatVector power =
        ScaledExp.exp(
            FloatVector.fromMemorySegment(SPECIES, logits, at, ORDER, inside),
            FloatVector.broadcast(SPECIES, offset));
    power.intoMemorySegment(probabilities, at, ORDER, inside);
    return power.reduceLanes(VectorOperators.ADD, inside);
  }

  /** Multiplies each element of a row by a factor. */
  static void scale(MemorySegment probabilities, long start, int cols, float factor) {
    int end = cols / LENGTH * LENGTH;
    scaleWhole(probabilities, start, end, factor);
    if (end < cols) {
      long at = start + (long) end * Float.BYTES;
      VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
      FloatVector.fromMemorySegment(SPECIES, probabilities, at, ORDER, inside)
          .mul(factor)
          .intoMemorySegment(probabilities, at, ORDER, inside);
    }
  }

  private static void scaleWhole(MemorySegment probabilities, long start, int count, float factor) {
    MemorySegment y = OffHeap.slice(probabilities, start, (long) count * Float.BYTES);
    for (int j = 0; j < count; j += LENGTH) {
      long at = (long) j * Float.BYTES;
      FloatVector.fromMemorySegment(SPECIES, y, at, ORDER)
          .mul(factor)
          .intoMemorySegment(y, at, ORDER);
    }
  }
}
