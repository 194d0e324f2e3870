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
 * Softmax of one long row by {@link SoftmaxVector}: one loop reads the row from memory and writes its exponentials, less
 * the maximum so far, a second one scales them where the caches still hold them.
 *
 * <p>A block of columns is exponentiated before its maximum is known. Where that turns out to be larger than the
 * maximum so far, the block is done again: few are, and by then it is in the first-level cache. A loop for the maximum
 * alone would wait for memory and compute nothing meanwhile.
 *
 * <p>Each loop has one vector in its body and slices of the segments that are its own: of those the JIT knows the class and
 * the bounds, and checks neither with each access; and it leaves loads in the order in which they stand, which is
 * what the processor's prefetching goes by.
 */
final class SoftmaxLongRow {

  /** Columns of a block: what is read and written of it stay in the first-level cache. */
  static final int BLOCK = 512;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private SoftmaxLongRow() {}

  static void row(MemorySegment logits, MemorySegment probabilities, int row, int cols) {
    long start = (long) row * cols * Float.BYTES;
    int end = cols / LENGTH * LENGTH;
    int blocks = Math.ceilDiv(end, BLOCK);
    // The maximum that each block's exponentials are less; the last element is the newest block's.
    float[] shifts = VectorScratch.floats(blocks + 1);
    float max = lastMax(logits, start, end, cols, firstMax(logits, start));
    float sum = 0.0f;
    for (int b = 0; b < blocks; b++) {
      long at = start + (long) b * BLOCK * Float.BYTES;
      int count = Math.min(BLOCK, end - b * BLOCK);
      float part = attempt(logits, probabilities, at, count, shift(max), shifts, blocks);
      if (shifts[blocks] > max) {
        sum *= (float) Math.exp(max - shifts[blocks]);
        max = shifts[blocks];
        part = exponentials(logits, probabilities, at, count, shift(max));
      }
      sum += part;
      shifts[b] = max;
    }
    sum += last(logits, probabilities, start, end, cols, shift(max));
    float factor = sum == 0.0f ? 0.0f : 1.0f / sum;
    int from = 0;
    for (int b = 1; b <= blocks; b++) {
      if (b == blocks || shifts[b] != shifts[from]) {
        long at = start + (long) from * BLOCK * Float.BYTES;
        int count = Math.min(b * BLOCK, end) - from * BLOCK;
        boolean current = shifts[from] == max;
        float rescale = current ? 1.0f : (float) Math.exp(shifts[from] - max);
        scale(probabilities, at, count, factor * rescale);
        from = b;
      }
    }
    scaleLast(probabilities, start, end, cols, factor);
  }

  /** What is subtracted before the exponential: not -infinity from -infinity. */
  private static float shift(float max) {
    return max == Float.NEGATIVE_INFINITY ? 0.0f : max;
  }

  /** The largest of the first block's elements that is not NaN; -infinity if there is none. */
  private static float firstMax(MemorySegment logits, long start) {
    MemorySegment x = logits.asSlice(start, (long) BLOCK * Float.BYTES);
    FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < BLOCK; j += LENGTH) {
      FloatVector element =
          FloatVector.fromMemorySegment(SPECIES, x, (long) j * Float.BYTES, ORDER);
      largest = largest.blend(element, element.compare(VectorOperators.GT, largest));
    }
    return VectorRows.largestLane(largest);
  }

  /** The same of the columns that make no whole vector, if they are larger than {@code max}. */
  private static float lastMax(MemorySegment logits, long start, int end, int cols, float max) {
    if (end == cols) {
      return max;
    }
    VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
    FloatVector largest = FloatVector.broadcast(SPECIES, max);
    FloatVector last =
        FloatVector.fromMemorySegment(
            SPECIES, logits, start + (long) end * Float.BYTES, ORDER, inside);
    return VectorRows.largestLane(
        largest.blend(last, last.compare(VectorOperators.GT, largest).and(inside)));
  }

  /** As {@link #exponentials}; leaves the largest element that is not NaN in {@code maxima[place]}. */
  private static float attempt(
      MemorySegment logits,
      MemorySegment probabilities,
      long start,
      int count,
      float shift,
      float[] maxima,
      int place) {
    MemorySegment x = logits.asSlice(start, (long) count * Float.BYTES);
    MemorySegment y = probabilities.asSlice(start, (long) count * Float.BYTES);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int j = 0; j < count; j += LENGTH) {
      long at = (long) j * Float.BYTES;
      FloatVector element = FloatVector.fromMemorySegment(SPECIES, x, at, ORDER);
      largest = largest.blend(element, element.compare(VectorOperators.GT, largest));
      FloatVector power = VectorExp.exp2(element.sub(shifts).mul(VectorExp.LOG2_E));
      power.intoMemorySegment(y, at, ORDER);
      sums = sums.add(power);
    }
    maxima[place] = VectorRows.largestLane(largest);
    return sums.reduceLanes(VectorOperators.ADD);
  }

  /** Writes exp(x - shift) for each element x, a multiple of vectors of them, and returns the sum. */
  private static float exponentials(
      MemorySegment logits, MemorySegment probabilities, long start, int count, float shift) {
    MemorySegment x = logits.asSlice(start, (long) count * Float.BYTES);
    MemorySegment y = probabilities.asSlice(start, (long) count * Float.BYTES);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int j = 0; j < count; j += LENGTH) {
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
      MemorySegment logits,
      MemorySegment probabilities,
      long start,
      int end,
      int cols,
      float shift) {
    if (end == cols) {
      return 0.0f;
    }
    long at = start + (long) end * Float.BYTES;
    VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
    FloatVector power =
        VectorExp.exp2(
            FloatVector.fromMemorySegment(SPECIES, logits, at, ORDER, inside)
                .sub(shift)
                .mul(VectorExp.LOG2_E));
    power.intoMemorySegment(probabilities, at, ORDER, inside);
    return power.reduceLanes(VectorOperators.ADD, inside);
  }

  /** Multiplies each element, a multiple of vectors of them, by a factor. */
  private static void scale(MemorySegment probabilities, long start, int count, float factor) {
    MemorySegment y = probabilities.asSlice(start, (long) count * Float.BYTES);
    long bytes = y.byteSize();
    for (long at = 0; at < bytes; at += VECTOR_BYTES) {
      FloatVector.fromMemorySegment(SPECIES, y, at, ORDER)
          .mul(factor)
          .intoMemorySegment(y, at, ORDER);
    }
  }

  /** The same for the columns that make no whole vector. */
  private static void scaleLast(
      MemorySegment probabilities, long start, int end, int cols, float factor) {
    if (end < cols) {
      long at = start + (long) end * Float.BYTES;
      VectorMask<Float> inside = SPECIES.indexInRange(end, cols);
      FloatVector.fromMemorySegment(SPECIES, probabilities, at, ORDER, inside)
          .mul(factor)
          .intoMemorySegment(probabilities, at, ORDER, inside);
    }
  }
}
