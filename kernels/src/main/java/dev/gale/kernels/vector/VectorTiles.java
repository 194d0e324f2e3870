package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a few rows of A with two vectors' columns of B, whatever the number of rows: the register tiles that vector
 * kernels are built of.
 */
public final class VectorTiles {

  /** Columns of C a register tile spans: two vectors. */
  public static final int COLS = 2 * FloatVector.SPECIES_PREFERRED.length();

  /** From a row of B, packed, to the next, bytes. */
  public static final long B_STRIDE_BYTES = (long) COLS * Float.BYTES;

  /**
   * Rows of C the largest register tile spans: 24 accumulators of 32 registers, or 8 of 16; with 12 of 16 the JIT, which loads
   * operands early, runs out of registers, or, kept from it by a store in between, is no faster.
   */
  public static final int ROWS = FloatVector.SPECIES_PREFERRED.length() >= 16 ? 12 : 4;

  /** The most steps of one product: twelve rows of A of that length stay in the first-level cache. */
  public static final int DEPTH = 512;

  /**
   * From a row of A to the next, elements. A constant, so that the addresses of all rows are one register plus a
   * literal; one cache line over a power of two, so that the rows do not fall on the same cache sets.
   */
  public static final int STRIDE = DEPTH + 16;

  /** Alignment of packed operands, bytes: a vector load then never crosses a cache line. */
  public static final long CACHE_LINE_BYTES = 64;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorTiles() {}

  /** The rows of the next register tile when so many are left: 12, 8, 4 or 1; 4 or 1 with fewer registers. */
  public static int rows(int left) {
    if (left >= ROWS) {
      return ROWS;
    }
    return left >= 8 ? 8 : left >= 4 ? 4 : 1;
  }

  /** The rows of the next register tile when so many are left, at least as many unless they are more than {@link #ROWS}. */
  public static int roomyRows(int left) {
    if (left > 8 || (left > 1 && ROWS == 4)) {
      return ROWS;
    }
    return left > 4 ? 8 : left > 1 ? 4 : 1;
  }

  /**
   * C[rows, 2 vectors] = (accumulate ? C : 0) + A[rows, depth] B[depth, 2 vectors].
   *
   * @param rows 12, 8, 4 or 1
   * @param depth steps
   * @param a A by rows, {@link #STRIDE} from a row to the next
   * @param aStart its first element
   * @param b B, packed: by rows of two vectors, {@link #B_STRIDE_BYTES} from a row to the next
   * @param bStart its start, bytes
   * @param c C by rows
   * @param cStart its first element
   * @param cStride from a row of C to the next, elements
   * @param accumulate whether to add to what C holds
   */
  public static void multiply(
      int rows,
      int depth,
      float[] a,
      int aStart,
      MemorySegment b,
      long bStart,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    switch (rows) {
      case 12 -> MicroKernel12x2.run(depth, a, aStart, b, bStart, c, cStart, cStride, accumulate);
      case 8 -> MicroKernel8x2.run(depth, a, aStart, b, bStart, c, cStart, cStride, accumulate);
      case 4 -> MicroKernel4x2.run(depth, a, aStart, b, bStart, c, cStart, cStride, accumulate);
      default -> MicroKernel1x2.run(depth, a, aStart, b, bStart, c, cStart, cStride, accumulate);
    }
  }

  /** Bytes from the start of a segment to its first cache line. */
  public static long alignment(MemorySegment segment) {
    return -segment.address() & (CACHE_LINE_BYTES - 1);
  }

  /** Copies {@code count} elements of a segment into an array. */
  public static void load(
      MemorySegment source, long sourceStart, float[] target, int targetStart, int count) {
    MemorySegment.copy(
        source, ValueLayout.JAVA_FLOAT_UNALIGNED, sourceStart, target, targetStart, count);
  }

  /** Copies {@code count} elements of an array into a segment. */
  public static void store(
      float[] source, int sourceStart, MemorySegment target, long targetStart, int count) {
    MemorySegment.copy(
        source, sourceStart, target, ValueLayout.JAVA_FLOAT_UNALIGNED, targetStart, count);
  }

  /**
   * Copies rows of a matrix into working memory.
   *
   * @param source the matrix, by rows
   * @param sourceStart the first element, bytes
   * @param sourceStride from a row to the next, elements
   * @param target where they go
   * @param targetStart the first element
   * @param targetStride from a row to the next, elements
   * @param rows rows
   * @param count elements of a row
   */
  public static void loadRows(
      MemorySegment source,
      long sourceStart,
      int sourceStride,
      float[] target,
      int targetStart,
      int targetStride,
      int rows,
      int count) {
    for (int i = 0; i < rows; i++) {
      long from = sourceStart + (long) i * sourceStride * Float.BYTES;
      loadRow(source, from, target, targetStart + i * targetStride, count);
    }
  }

  private static void loadRow(MemorySegment source, long from, float[] target, int to, int count) {
    int j = 0;
    for (; j <= count - LENGTH; j += LENGTH) {
      FloatVector.fromMemorySegment(SPECIES, source, from + (long) j * Float.BYTES, ORDER)
          .intoArray(target, to + j);
    }
    for (; j < count; j++) {
      target[to + j] = source.get(ValueLayout.JAVA_FLOAT_UNALIGNED, from + (long) j * Float.BYTES);
    }
  }

  /**
   * Copies rows in working memory into a matrix.
   *
   * @param source the rows
   * @param sourceStart the first element
   * @param sourceStride from a row to the next, elements
   * @param target the matrix, by rows
   * @param targetStart the first element, bytes
   * @param targetStride from a row to the next, elements
   * @param rows rows
   * @param count elements of a row
   */
  public static void storeRows(
      float[] source,
      int sourceStart,
      int sourceStride,
      MemorySegment target,
      long targetStart,
      int targetStride,
      int rows,
      int count) {
    for (int i = 0; i < rows; i++) {
      long to = targetStart + (long) i * targetStride * Float.BYTES;
      storeRow(source, sourceStart + i * sourceStride, target, to, count);
    }
  }

  private static void storeRow(float[] source, int from, MemorySegment target, long to, int count) {
    int j = 0;
    for (; j <= count - LENGTH; j += LENGTH) {
      FloatVector.fromArray(SPECIES, source, from + j)
          .intoMemorySegment(target, to + (long) j * Float.BYTES, ORDER);
    }
    for (; j < count; j++) {
      target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, to + (long) j * Float.BYTES, source[from + j]);
    }
  }

  /**
   * Packs rows of B: copies {@code count} elements of each and fills up with zeros to {@link #COLS}.
   *
   * @param source B by rows
   * @param sourceStart the first element, bytes
   * @param sourceStride from a row to the next, elements
   * @param target the panel
   * @param targetStart its start, bytes
   * @param rows rows
   * @param count elements of a row, at most COLS
   */
  public static void packRows(
      MemorySegment source,
      long sourceStart,
      int sourceStride,
      MemorySegment target,
      long targetStart,
      int rows,
      int count) {
    long strideBytes = (long) sourceStride * Float.BYTES;
    for (int i = 0; i < rows; i++) {
      packRow(
          source, sourceStart + i * strideBytes, target, targetStart + i * B_STRIDE_BYTES, count);
    }
  }

  /** Packs a row of B: copies {@code count} elements and fills up with zeros to {@link #COLS}. */
  public static void packRow(
      MemorySegment source, long sourceStart, MemorySegment target, long targetStart, int count) {
    if (count == COLS) {
      FloatVector.fromMemorySegment(SPECIES, source, sourceStart, ORDER)
          .intoMemorySegment(target, targetStart, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, sourceStart + VECTOR_BYTES, ORDER)
          .intoMemorySegment(target, targetStart + VECTOR_BYTES, ORDER);
      return;
    }
    // Not element by element: near the segment's end that made the JIT compile this again and
    // again.
    FloatVector first =
        FloatVector.fromMemorySegment(
            SPECIES, source, sourceStart, ORDER, SPECIES.indexInRange(0, count));
    FloatVector second = FloatVector.zero(SPECIES);
    if (count > LENGTH) {
      second =
          FloatVector.fromMemorySegment(
              SPECIES,
              source,
              sourceStart + VECTOR_BYTES,
              ORDER,
              SPECIES.indexInRange(LENGTH, count));
    }
    first.intoMemorySegment(target, targetStart, ORDER);
    second.intoMemorySegment(target, targetStart + VECTOR_BYTES, ORDER);
  }
}
