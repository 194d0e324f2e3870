package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
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

  /** Whether rows of that length are read here: a vector at least, one piece. */
  public static boolean takes(int length) {
    return length >= LENGTH && length <= VectorTiles.DEPTH;
  }

  /**
   * Puts a row of A in the order in which it is multiplied: where it is no whole number of vectors, the last vector of a row
   * of B is read so that it ends with the row, and the lanes that were read before meet zeros.
   *
   * @param a the row, with room for whole vectors
   * @param start its first element
   * @param length its elements, as {@link #takes} says
   */
  public static void order(float[] a, int start, int length) {
    int rest = length % LENGTH;
    if (rest != 0) {
      int at = start + length - rest;
      System.arraycopy(a, at, a, at + LENGTH - rest, rest);
      Arrays.fill(a, at, at + LENGTH - rest, 0.0f);
    }
  }

  /**
   * c[i, j] = a[i,:] . b[j,:] for a few rows of A, {@link VectorTiles#STRIDE} from one to the next, and count rows of B.
   *
   * @param rows rows of A
   * @param a A, each row in {@link #order}, and the target
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
    if (length % LENGTH != 0) {
      for (i = 0; i < rows; i++) {
        mend(a, aStart + i * stride, length, b, bStart, count, target + i * stride);
      }
    }
  }

  /** Does products again that are NaN, since an infinity that meets one of {@link #order}'s zeros makes them so too. */
  private static void mend(
      float[] a, int aStart, int length, MemorySegment b, long bStart, int count, int target) {
    int whole = length - length % LENGTH;
    for (int j = 0; j < count; j++) {
      if (Float.isNaN(a[target + j])) {
        float sum = 0.0f;
        for (int d = 0; d < length; d++) {
          long at = bStart + ((long) j * length + d) * Float.BYTES;
          int place = d < whole ? d : d - length + whole + LENGTH;
          sum = Math.fma(a[aStart + place], b.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at), sum);
        }
        a[target + j] = sum;
      }
    }
  }

  /** One row of A, four streams of B. */
  private static void one(
      float[] a, int aStart, int length, MemorySegment b, long bStart, int count, int target) {
    int quarter = count / 4;
    long bytes = (long) length * Float.BYTES;
    long apart = quarter * bytes;
    int last = length - LENGTH;
    for (int j = 0; j < quarter; j++) {
      long at = bStart + j * bytes;
      FloatVector c0 = FloatVector.zero(SPECIES);
      FloatVector c1 = c0;
      FloatVector c2 = c0;
      FloatVector c3 = c0;
      for (int d = 0; d < length; d += LENGTH) {
        FloatVector row = FloatVector.fromArray(SPECIES, a, aStart + d);
        long place = at + (long) Math.min(d, last) * Float.BYTES;
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
        long place = bStart + j * bytes + (long) Math.min(d, last) * Float.BYTES;
        c0 = row.fma(load(b, place), c0);
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
    int last = length - LENGTH;
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
        long offset = (long) Math.min(d, last) * Float.BYTES;
        FloatVector b0 = load(b, at + offset);
        FloatVector b1 = load(b, otherAt + offset);
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
