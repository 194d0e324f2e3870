package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector loops over one row in working memory, its count a multiple of {@link VectorTiles#COLS}, and over rows where they
 * lie, of any length.
 */
public final class VectorRows {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorRows() {}

  /** The largest element that is not NaN; -infinity if there is none. */
  public static float max(float[] row, int start, int count) {
    FloatVector left = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector right = left;
    for (int j = 0; j < count; j += 2 * LENGTH) {
      int at = start + j;
      FloatVector first = FloatVector.fromArray(SPECIES, row, at);
      FloatVector second = FloatVector.fromArray(SPECIES, row, at + LENGTH);
      left = left.blend(first, first.compare(VectorOperators.GT, left));
      right = right.blend(second, second.compare(VectorOperators.GT, right));
    }
    return left.max(right).reduceLanes(VectorOperators.MAX);
  }

  /** The largest lane of a vector without NaN. */
  public static float largestLane(FloatVector vector) {
    // As integers, those of negative numbers in reverse: comparing floats lane by lane takes the
    // JIT six times as much.
    IntVector bits = vector.reinterpretAsInts();
    int largest =
        bits.lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
            .and(Integer.MAX_VALUE)
            .lanewise(VectorOperators.XOR, bits)
            .reduceLanes(VectorOperators.MAX);
    return Float.intBitsToFloat(largest ^ (largest >> (Integer.SIZE - 1) & Integer.MAX_VALUE));
  }

  /** Replaces each element x by 2^(x - shift), which must be at most 1, and returns their sum. */
  public static float exponentials(float[] row, int start, int count, float shift) {
    return exponentials(row, start, count, shift, 1.0f);
  }

  /** Replaces each element x by 2^((x - shift) unit), which must be at most 1, and returns their sum. */
  public static float exponentials(float[] row, int start, int count, float shift, float unit) {
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector units = FloatVector.broadcast(SPECIES, unit);
    FloatVector left = FloatVector.zero(SPECIES);
    FloatVector right = left;
    for (int j = 0; j < count; j += 2 * LENGTH) {
      int at = start + j;
      FloatVector first =
          VectorExp.exp2(FloatVector.fromArray(SPECIES, row, at).sub(shifts).mul(units));
      FloatVector second =
          VectorExp.exp2(FloatVector.fromArray(SPECIES, row, at + LENGTH).sub(shifts).mul(units));
      first.intoArray(row, at);
      second.intoArray(row, at + LENGTH);
      left = left.add(first);
      right = right.add(second);
    }
    return left.add(right).reduceLanes(VectorOperators.ADD);
  }

  /**
   * row[target + j] = a . b[j,:] for count rows of B.
   *
   * @param row A, in pieces of {@link VectorTiles#DEPTH} elements, and the target
   * @param start A's first element
   * @param pieceStride from a piece of A to the next, elements
   * @param length elements of A
   * @param b B by rows of that length, contiguous
   * @param bStart its start, bytes
   * @param count rows of B
   * @param target where the products go
   */
  public static void dots(
      float[] row,
      int start,
      int pieceStride,
      int length,
      MemorySegment b,
      long bStart,
      int count,
      int target) {
    for (int j = 0; j < count; j++) {
      long bRow = bStart + (long) j * length * Float.BYTES;
      float sum = 0.0f;
      for (int d = 0; d < length; d += VectorTiles.DEPTH) {
        sum +=
            dot(
                row,
                start + d / VectorTiles.DEPTH * pieceStride,
                b,
                bRow + (long) d * Float.BYTES,
                Math.min(VectorTiles.DEPTH, length - d));
      }
      row[target + j] = sum;
    }
  }

  private static float dot(float[] a, int aStart, MemorySegment b, long bStart, int length) {
    FloatVector left = FloatVector.zero(SPECIES);
    FloatVector right = left;
    int d = 0;
    for (; d <= length - 2 * LENGTH; d += 2 * LENGTH) {
      long at = bStart + (long) d * Float.BYTES;
      left =
          FloatVector.fromArray(SPECIES, a, aStart + d)
              .fma(FloatVector.fromMemorySegment(SPECIES, b, at, ORDER), left);
      right =
          FloatVector.fromArray(SPECIES, a, aStart + d + LENGTH)
              .fma(FloatVector.fromMemorySegment(SPECIES, b, at + VECTOR_BYTES, ORDER), right);
    }
    float sum = left.add(right).reduceLanes(VectorOperators.ADD);
    for (; d < length; d++) {
      float element = b.get(ValueLayout.JAVA_FLOAT_UNALIGNED, bStart + (long) d * Float.BYTES);
      sum = Math.fma(a[aStart + d], element, sum);
    }
    return sum;
  }

  /**
   * Whether elements of a segment are all finite. Any number of them.
   *
   * @param segment where they are
   * @param start the first, bytes
   * @param count how many
   */
  public static boolean finite(MemorySegment segment, long start, int count) {
    // 0 times a finite number is 0, times any other NaN.
    FloatVector zeros = FloatVector.zero(SPECIES);
    int j = 0;
    for (; j <= count - LENGTH; j += LENGTH) {
      long at = start + (long) j * Float.BYTES;
      zeros =
          FloatVector.fromMemorySegment(SPECIES, segment, at, ORDER)
              .fma(FloatVector.zero(SPECIES), zeros);
    }
    float sum = zeros.reduceLanes(VectorOperators.ADD);
    for (; j < count; j++) {
      long at = start + (long) j * Float.BYTES;
      sum += 0.0f * segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
    }
    return sum == 0.0f;
  }

  /** Multiplies each element by a factor; of the last vector all of it. */
  public static void scale(float[] row, int start, int count, float factor) {
    for (int j = 0; j < count; j += LENGTH) {
      int at = start + j;
      FloatVector.fromArray(SPECIES, row, at).mul(factor).intoArray(row, at);
    }
  }

  /** The sum of one vector. */
  public static float sum(float[] row, int start) {
    return FloatVector.fromArray(SPECIES, row, start).reduceLanes(VectorOperators.ADD);
  }

  /**
   * Adds a mask to scores; where it is -infinity, so is the sum, whatever the score.
   *
   * @return whether it is -infinity anywhere
   */
  public static boolean addMask(
      MemorySegment mask, long maskStart, float[] row, int start, int count) {
    FloatVector infinity = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    VectorMask<Float> hidden = SPECIES.maskAll(false);
    int j = 0;
    for (; j <= count - LENGTH; j += LENGTH) {
      long at = maskStart + (long) j * Float.BYTES;
      FloatVector bias = FloatVector.fromMemorySegment(SPECIES, mask, at, ORDER);
      VectorMask<Float> hide = bias.eq(infinity);
      hidden = hidden.or(hide);
      FloatVector.fromArray(SPECIES, row, start + j)
          .add(bias)
          .blend(infinity, hide)
          .intoArray(row, start + j);
    }
    boolean hides = hidden.anyTrue();
    for (; j < count; j++) {
      long at = maskStart + (long) j * Float.BYTES;
      float bias = mask.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
      boolean hide = bias == Float.NEGATIVE_INFINITY;
      row[start + j] = hide ? Float.NEGATIVE_INFINITY : bias + row[start + j];
      hides |= hide;
    }
    return hides;
  }
}
