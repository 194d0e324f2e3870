package dev.gale.kernels.softmax;

import dev.gale.kernels.vector.OffHeap;
import dev.gale.kernels.vector.ScaledExp;
import dev.gale.kernels.vector.VectorExp;
import dev.gale.kernels.vector.VectorRows;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of one row by {@link SoftmaxVector} where nothing is known of the row: its maximum, the exponentials less that
 * and their sum, scaling.
 */
final class SoftmaxByMaximum {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private SoftmaxByMaximum() {}

  /** Writes a row's probabilities and returns the offset for rows that are like it. */
  static float row(MemorySegment logits, MemorySegment probabilities, long start, int cols) {
    float max = max(logits, start, cols);
    // Not -infinity from -infinity.
    float shift = max == Float.NEGATIVE_INFINITY ? 0.0f : max;
    float sum =
        exponentials(logits, probabilities, start, cols, shift)
            + last(logits, probabilities, start, cols, shift);
    float factor = sum == 0.0f ? 0.0f : 1.0f / sum;
    SoftmaxBand.scale(probabilities, start, cols, factor);
    return ScaledExp.offset(max);
  }

  /** The largest element that is not NaN; -infinity if there is none. */
  private static float max(MemorySegment logits, long start, int cols) {
    int end = cols / LENGTH * LENGTH;
    MemorySegment x = OffHeap.slice(logits, start, (long) end * Float.BYTES);
    FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < end; j += LENGTH) {
      FloatVector element =
          FloatVector.fromMemorySegment(SPECIES, x, (long) j * Float.BYTES, ORDER);
      largest = largest.blend(element, element.compare(VectorOperators.GT, largest));
    }
    if (end < cols) {
      VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
      long at = start + (long) end * Float.BYTES;
      FloatVector last = FloatVector.fromMemorySegment(SPECIES, logits, at, ORDER, inside);
      largest = largest.blend(last, last.compare(VectorOperators.GT, largest).and(inside));
    }
    return VectorRows.largestLane(largest);
  }

  /** Writes exp(x - shift) for each element x of whole vectors, and returns the sum. */
  private static float exponentials(
      MemorySegment logits, MemorySegment probabilities, long start, int cols, float shift) {
    int end = cols / LENGTH * LENGTH;
    MemorySegment x = OffHeap.slice(logits, start, (long) end * Float.BYTES);
    MemorySegment y = OffHeap.slice(probabilities, start, (long) end * Float.BYTES);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int j = 0; j < end; j += LENGTH) {
      long at = (long) j * Float.BYTES;
      FloatVector element = FloatVector.fromMemorySegment(SPECIES, x, at, ORDER);
      FloatVector power = VectorExp.exp2(element.sub(shifts).mul(VectorExp.LOG2_E));
      power.intoMemorySegment(y, at, ORDER);
      sums = sums.add(power);
    }
    return sums.reduceLanes(VectorOperators.ADD);
  }

  /** The same for the columns that make no whole vector. */
  private static float last(
      MemorySegment logits, MemorySegment probabilities, long start, int cols, float shift) {
    int end = cols / LENGTH * LENGTH;
    if (end == cols) {
      return 0.0f;
    }
    long at = start + (long) end * Float.BYTES;
    VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
    FloatVector last = FloatVector.fromMemorySegment(SPECIES, logits, at, ORDER, inside);
    FloatVector power = VectorExp.exp2(last.sub(shift).mul(VectorExp.LOG2_E));
    power.intoMemorySegment(probabilities, at, ORDER, inside);
    return power.reduceLanes(VectorOperators.ADD, inside);
  }
}
