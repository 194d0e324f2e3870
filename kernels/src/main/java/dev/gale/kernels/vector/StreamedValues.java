package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of many values where they lie, for a few rows of weights, for when memory sets the pace: each value is loaded once
 * for up to four rows, and several values that lie far apart are read at a time, which are as many streams to prefetch.
 * The sums stay in the first-level cache: a value's length is then the processor's to run through in order.
 */
public final class StreamedValues {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private StreamedValues() {}

  /** Whether values of that length are read here: a vector at least. */
  public static boolean takes(int length) {
    return length >= LENGTH;
  }

  /**
   * Puts a row of C in order once all is summed: where it is no whole number of vectors, the last one holds the row's last
   * elements, some of which the one before holds as well.
   *
   * @param c the row
   * @param start its first element
   * @param length its elements, as {@link #takes} says
   */
  public static void order(float[] c, int start, int length) {
    int rest = length % LENGTH;
    if (rest != 0) {
      int at = start + length - rest;
      System.arraycopy(c, at + LENGTH - rest, c, at, rest);
    }
  }

  /**
   * c[i,:] += sum over j of a[i,j] b[j,:] for a few rows of A, {@link VectorTiles#STRIDE} from one to the next.
   *
   * @param rows rows of A and C
   * @param a A and C
   * @param aStart A's first element
   * @param count columns of A, rows of B
   * @param b B by rows, contiguous
   * @param bStart its start, bytes
   * @param length columns of B, as {@link #takes} says
   * @param cStart C's first element; its rows are of whole vectors, to be put in {@link #order} in the end
   * @param cStride from a row of C to the next
   */
  public static void sums(
      int rows,
      float[] a,
      int aStart,
      int count,
      MemorySegment b,
      long bStart,
      int length,
      int cStart,
      int cStride) {
    int i = 0;
    int stride = VectorTiles.STRIDE;
    for (; i <= rows - 4; i += 4) {
      four(a, aStart + i * stride, count, b, bStart, length, cStart + i * cStride, cStride);
    }
    for (; i < rows; i++) {
      one(a, aStart + i * stride, count, b, bStart, length, cStart + i * cStride);
    }
  }

  /** One row of A, four streams of B. */
  private static void one(
      float[] a, int aStart, int count, MemorySegment b, long bStart, int length, int cStart) {
    int quarter = count / 4;
    long bytes = (long) length * Float.BYTES;
    long apart = quarter * bytes;
    int last = length - LENGTH;
    for (int j = 0; j < quarter; j++) {
      long at = bStart + j * bytes;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aStart + j]);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aStart + j + quarter]);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aStart + j + 2 * quarter]);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aStart + j + 3 * quarter]);
      for (int d = 0; d < length; d += LENGTH) {
        long place = at + (long) Math.min(d, last) * Float.BYTES;
        FloatVector c = FloatVector.fromArray(SPECIES, a, cStart + d);
        c = a0.fma(load(b, place), c);
        c = a1.fma(load(b, place + apart), c);
        c = a2.fma(load(b, place + 2 * apart), c);
        c = a3.fma(load(b, place + 3 * apart), c);
        c.intoArray(a, cStart + d);
      }
    }
    for (int j = 4 * quarter; j < count; j++) {
      FloatVector weight = FloatVector.broadcast(SPECIES, a[aStart + j]);
      for (int d = 0; d < length; d += LENGTH) {
        long place = bStart + j * bytes + (long) Math.min(d, last) * Float.BYTES;
        weight
            .fma(load(b, place), FloatVector.fromArray(SPECIES, a, cStart + d))
            .intoArray(a, cStart + d);
      }
    }
  }

  /** Four rows of A, four streams of B. */
  private static void four(
      float[] a,
      int aStart,
      int count,
      MemorySegment b,
      long bStart,
      int length,
      int cStart,
      int cStride) {
    int quarter = count / 4;
    int stride = VectorTiles.STRIDE;
    long bytes = (long) length * Float.BYTES;
    long apart = quarter * bytes;
    int last = length - LENGTH;
    for (int j = 0; j < quarter; j++) {
      long at = bStart + j * bytes;
      int row = aStart + j;
      FloatVector a00 = FloatVector.broadcast(SPECIES, a[row]);
      FloatVector a01 = FloatVector.broadcast(SPECIES, a[row + quarter]);
      FloatVector a02 = FloatVector.broadcast(SPECIES, a[row + 2 * quarter]);
      FloatVector a03 = FloatVector.broadcast(SPECIES, a[row + 3 * quarter]);
      FloatVector a10 = FloatVector.broadcast(SPECIES, a[row + stride]);
      FloatVector a11 = FloatVector.broadcast(SPECIES, a[row + stride + quarter]);
      FloatVector a12 = FloatVector.broadcast(SPECIES, a[row + stride + 2 * quarter]);
      FloatVector a13 = FloatVector.broadcast(SPECIES, a[row + stride + 3 * quarter]);
      FloatVector a20 = FloatVector.broadcast(SPECIES, a[row + 2 * stride]);
      FloatVector a21 = FloatVector.broadcast(SPECIES, a[row + 2 * stride + quarter]);
      FloatVector a22 = FloatVector.broadcast(SPECIES, a[row + 2 * stride + 2 * quarter]);
      FloatVector a23 = FloatVector.broadcast(SPECIES, a[row + 2 * stride + 3 * quarter]);
      FloatVector a30 = FloatVector.broadcast(SPECIES, a[row + 3 * stride]);
      FloatVector a31 = FloatVector.broadcast(SPECIES, a[row + 3 * stride + quarter]);
      FloatVector a32 = FloatVector.broadcast(SPECIES, a[row + 3 * stride + 2 * quarter]);
      FloatVector a33 = FloatVector.broadcast(SPECIES, a[row + 3 * stride + 3 * quarter]);
      for (int d = 0; d < length; d += LENGTH) {
        long place = at + (long) Math.min(d, last) * Float.BYTES;
        int c = cStart + d;
        FloatVector b0 = load(b, place);
        FloatVector b1 = load(b, place + apart);
        FloatVector b2 = load(b, place + 2 * apart);
        FloatVector b3 = load(b, place + 3 * apart);
        FloatVector c0 = FloatVector.fromArray(SPECIES, a, c);
        a03.fma(b3, a02.fma(b2, a01.fma(b1, a00.fma(b0, c0)))).intoArray(a, c);
        FloatVector c1 = FloatVector.fromArray(SPECIES, a, c + cStride);
        a13.fma(b3, a12.fma(b2, a11.fma(b1, a10.fma(b0, c1)))).intoArray(a, c + cStride);
        FloatVector c2 = FloatVector.fromArray(SPECIES, a, c + 2 * cStride);
        a23.fma(b3, a22.fma(b2, a21.fma(b1, a20.fma(b0, c2)))).intoArray(a, c + 2 * cStride);
        FloatVector c3 = FloatVector.fromArray(SPECIES, a, c + 3 * cStride);
        a33.fma(b3, a32.fma(b2, a31.fma(b1, a30.fma(b0, c3)))).intoArray(a, c + 3 * cStride);
      }
    }
    int done = 4 * quarter;
    if (done < count) {
      for (int i = 0; i < 4; i++) {
        int weights = aStart + i * stride + done;
        long rest = bStart + done * bytes;
        one(a, weights, count - done, b, rest, length, cStart + i * cStride);
      }
    }
  }

  private static FloatVector load(MemorySegment b, long at) {
    return FloatVector.fromMemorySegment(SPECIES, b, at, ORDER);
  }
}
