package dev.gale.kernels.softmax;

import dev.gale.kernels.vector.VectorExp;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Softmax by rows with the JDK's Vector API: three loops over a row, which the first brings into the caches and the last
 * leaves there.
 */
public final class SoftmaxVector {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

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
    long start = (long) row * cols * Float.BYTES;
    float max = max(logits, start, cols);
    float shift = max == Float.NEGATIVE_INFINITY ? 0.0f : max;
    float sum = exponentials(logits, probabilities, start, cols, shift);
    scale(probabilities, start, cols, sum == 0.0f ? 0.0f : 1.0f / sum);
  }

  /** The largest element of a row that is not NaN; -infinity if there is none. */
  private static float max(MemorySegment logits, long start, int cols) {
    FloatVector left = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector right = left;
    int j = 0;
    for (; j <= cols - 2 * LENGTH; j += 2 * LENGTH) {
      long at = start + (long) j * Float.BYTES;
      FloatVector first = FloatVector.fromMemorySegment(SPECIES, logits, at, ORDER);
      FloatVector second = FloatVector.fromMemorySegment(SPECIES, logits, at + VECTOR_BYTES, ORDER);
      left = left.blend(first, first.compare(VectorOperators.GT, left));
      right = right.blend(second, second.compare(VectorOperators.GT, right));
    }
    for (; j < cols; j += LENGTH) {
      VectorMask<Float> inside = SPECIES.indexInRange(j, cols);
      FloatVector last =
          FloatVector.fromMemorySegment(
              SPECIES, logits, start + (long) j * Float.BYTES, ORDER, inside);
      left = left.blend(last, last.compare(VectorOperators.GT, left).and(inside));
    }
    return left.max(right).reduceLanes(VectorOperators.MAX);
  }

  /** Writes exp(x - shift) for each element x of a row, and returns the sum. */
  private static float exponentials(
      MemorySegment logits, MemorySegment probabilities, long start, int cols, float shift) {
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector left = FloatVector.zero(SPECIES);
    FloatVector right = left;
    int j = 0;
    for (; j <= cols - 2 * LENGTH; j += 2 * LENGTH) {
      long at = start + (long) j * Float.BYTES;
      FloatVector first =
          VectorExp.exp2(
              FloatVector.fromMemorySegment(SPECIES, logits, at, ORDER)
                  .sub(shifts)
                  .mul(VectorExp.LOG2_E));
      FloatVector second =
          VectorExp.exp2(
              FloatVector.fromMemorySegment(SPECIES, logits, at + VECTOR_BYTES, ORDER)
                  .sub(shifts)
                  .mul(VectorExp.LOG2_E));
      first.intoMemorySegment(probabilities, at, ORDER);
      second.intoMemorySegment(probabilities, at + VECTOR_BYTES, ORDER);
      left = left.add(first);
      right = right.add(second);
    }
    for (; j < cols; j += LENGTH) {
      long at = start + (long) j * Float.BYTES;
      VectorMask<Float> inside = SPECIES.indexInRange(j, cols);
      FloatVector last =
          VectorExp.exp2(
              FloatVector.fromMemorySegment(SPECIES, logits, at, ORDER, inside)
                  .sub(shifts)
                  .mul(VectorExp.LOG2_E));
      last.intoMemorySegment(probabilities, at, ORDER, inside);
      left = left.add(last, inside);
    }
    return left.add(right).reduceLanes(VectorOperators.ADD);
  }

  /** Multiplies each element of a row by a factor. */
  private static void scale(MemorySegment probabilities, long start, int cols, float factor) {
    int j = 0;
    for (; j <= cols - LENGTH; j += LENGTH) {
      long at = start + (long) j * Float.BYTES;
      FloatVector.fromMemorySegment(SPECIES, probabilities, at, ORDER)
          .mul(factor)
          .intoMemorySegment(probabilities, at, ORDER);
    }
    if (j < cols) {
      long at = start + (long) j * Float.BYTES;
      VectorMask<Float> inside = SPECIES.indexInRange(j, cols);
      FloatVector.fromMemorySegment(SPECIES, probabilities, at, ORDER, inside)
          .mul(factor)
          .intoMemorySegment(probabilities, at, ORDER, inside);
    }
  }
}
