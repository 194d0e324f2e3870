package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a few query rows with many keys where they lie, for when memory sets the pace: each key is loaded once for
 * up to four rows, and several keys that lie far apart are read at a time, which are as many streams to prefetch.
 */
public final class StreamedKeys {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private StreamedKeys() {}

  /** Whether rows of that length are read here: whole vectors, one piece. */
  public static boolean takes(int length) {
    return length % LENGTH == 0 && length <= VectorTiles.DEPTH;
  }

  /**
   * c[i, j] = a[i,:] . b[j,:] for a few rows of A, {@link VectorTiles#STRIDE} from one to the next, and count rows of B.
   *
   * @param rows rows of A
   * @param a A and the target
   * @param aStart A's first element
   * @param length elements of a row, as {@link #takes} says
   * @param b B by rows, contiguous
   * @param bStart its start, bytes
   * @param count rows of B
   * @param target the first product; {@link VectorTiles#STRIDE} from one row of A to the next
   */
  public static void dots(
      int rows,
      float[] a,
      int aStart,
      int length,
      MemorySegment b,
      long bStart,
      int count,
      int target) {
    int i = 0;
    int stride = VectorTiles.STRIDE;
    for (; i <= rows - 4; i += 4) {
      four(a, aStart + i * stride, length, b, bStart, count, target + i * stride);
    }
    for (; i < rows; i++) {
      one(a, aStart + i * stride, length, b, bStart, count, target + i * stride);
    }
  }

  /** One row of A, four streams of B. */
  private static void one(
      float[] a, int aStart, int length, MemorySegment b, long bStart, int count, int target) {
    int quarter = count / 4;
    long bytes = (long) length * Float.BYTES;
    long apart = quarter * bytes;
    for (int j = 0; j < quarter; j++) {
      long at = bStart + j * bytes;
      FloatVector c0 = FloatVector.zero(SPECIES);
      FloatVector c1 = c0;
      FloatVector c2 = c0;
      FloatVector c3 = c0;
      for (int d = 0; d < length; d += LENGTH) {
        FloatVector row = FloatVector.fromArray(SPECIES, a, aStart + d);
        long place = at + (long) d * Float.BYTES;
        c0 = row.fma(load(b, place), c0);
        c1 = row.fma(load(b, place + apart), c1);
        c2 = row.fma(load(b, place + 2 * apart), c2);
        c3 = row.fma(load(b, place + 3 * apart), c3);
      }
      a[target + j] = c0.reduceLanes(VectorOperators.ADD);
      a[target + j + quarter] = c1.reduceLanes(VectorOperators.ADD);
      a[target + j + 2 * quarter] = c2.reduceLanes(VectorOperators.ADD);
      a[target + j + 3 * quarter] = c3.reduceLanes(VectorOperators.ADD);
    }
    for (int j = 4 * quarter; j < count; j++) {
      FloatVector c0 = FloatVector.zero(SPECIES);
      for (int d = 0; d < length; d += LENGTH) {
        FloatVector row = FloatVector.fromArray(SPECIES, a, aStart + d);
        c0 = row.fma(load(b, bStart + j * bytes + (long) d * Float.BYTES), c0);
      }
      a[target + j] = c0.reduceLanes(VectorOperators.ADD);
    }
  }

  /** Four rows of A, two streams of B. */
  private static void four(
      float[] a, int aStart, int length, MemorySegment b, long bStart, int count, int target) {
    int stride = VectorTiles.STRIDE;
    int half = count / 2;
    long bytes = (long) length * Float.BYTES;
    for (int j = 0; j < count - half; j++) {
      // The last row of an odd count is taken twice.
      int other = Math.min(j + count - half, count - 1);
      long at = bStart + j * bytes;
      long otherAt = bStart + other * bytes;
      FloatVector c00 = FloatVector.zero(SPECIES);
      FloatVector c10 = c00;
      FloatVector c20 = c00;
      FloatVector c30 = c00;
      FloatVector c01 = c00;
      FloatVector c11 = c00;
      FloatVector c21 = c00;
      FloatVector c31 = c00;
      for (int d = 0; d < length; d += LENGTH) {
        FloatVector b0 = load(b, at + (long) d * Float.BYTES);
        FloatVector b1 = load(b, otherAt + (long) d * Float.BYTES);
        FloatVector a0 = FloatVector.fromArray(SPECIES, a, aStart + d);
        FloatVector a1 = FloatVector.fromArray(SPECIES, a, aStart + stride + d);
        FloatVector a2 = FloatVector.fromArray(SPECIES, a, aStart + 2 * stride + d);
        FloatVector a3 = FloatVector.fromArray(SPECIES, a, aStart + 3 * stride + d);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
      }
      a[target + j] = c00.reduceLanes(VectorOperators.ADD);
      a[target + other] = c01.reduceLanes(VectorOperators.ADD);
      a[target + stride + j] = c10.reduceLanes(VectorOperators.ADD);
      a[target + stride + other] = c11.reduceLanes(VectorOperators.ADD);
      a[target + 2 * stride + j] = c20.reduceLanes(VectorOperators.ADD);
      a[target + 2 * stride + other] = c21.reduceLanes(VectorOperators.ADD);
      a[target + 3 * stride + j] = c30.reduceLanes(VectorOperators.ADD);
      a[target + 3 * stride + other] = c31.reduceLanes(VectorOperators.ADD);
    }
  }

  private static FloatVector load(MemorySegment b, long at) {
    return FloatVector.fromMemorySegment(SPECIES, b, at, ORDER);
  }
}
