package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packs rows as columns of a panel: squares of a vector's length are transposed in registers, what fills none one by one.
 *
 * <p>A square is transposed by exchanging its off-diagonal halves, those of its quarters, and so on, in any order; two
 * such steps are taken at a time on four rows, first from the source into working memory, then into the panel.
 */
public final class VectorTranspose {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorMask<Float> UPPER_1 = upper(1);
  private static final VectorMask<Float> UPPER_2 = upper(2);
  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_8 = upper(8);

  private static final int SQUARE = LENGTH * LENGTH;

  /** Squares side by side: rows are read that far at a time, in the order of memory. */
  private static final int SQUARES = 8;

  /** Elements of working memory that {@link #packColumns} takes. */
  public static final int WORK = SQUARES * SQUARE;

  private VectorTranspose() {}

  /**
   * target[d, r] = source[r, d], 0 for r from rows on.
   *
   * @param source rows, contiguous
   * @param sourceStart the first, bytes
   * @param rows how many, at most {@link VectorTiles#COLS}
   * @param count elements of a row
   * @param work working memory
   * @param workStart the first of {@link #WORK} elements of it
   * @param target the panel: {@code count} rows of {@link VectorTiles#COLS}
   * @param targetStart its start, bytes
   */
  public static void packColumns(
      MemorySegment source,
      long sourceStart,
      int rows,
      int count,
      float[] work,
      int workStart,
      MemorySegment target,
      long targetStart) {
    int whole = LENGTH == 16 || LENGTH == 8 || LENGTH == 4 ? count / LENGTH * LENGTH : 0;
    long rowBytes = (long) count * Float.BYTES;
    for (int r = 0; r < VectorTiles.COLS; r += LENGTH) {
      long from = sourceStart + r * rowBytes;
      long to = targetStart + (long) r * Float.BYTES;
      int transposed = r + LENGTH <= rows ? whole : 0;
      for (int d = 0; d < transposed; d += SQUARES * LENGTH) {
        int squares = Math.min(SQUARES, (transposed - d) / LENGTH);
        load(source, from + (long) d * Float.BYTES, rowBytes, squares, work, workStart);
        store(work, workStart, squares, target, to + d * VectorTiles.B_STRIDE_BYTES);
      }
      oneByOne(source, from, Math.min(rows - r, LENGTH), transposed, count, target, to);
    }
  }

  private static void oneByOne(
      MemorySegment source,
      long from,
      int rows,
      int first,
      int count,
      MemorySegment target,
      long to) {
    if (rows < LENGTH) {
      for (int d = first; d < count; d++) {
        FloatVector.zero(SPECIES)
            .intoMemorySegment(target, to + d * VectorTiles.B_STRIDE_BYTES, ORDER);
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int d = first; d < count; d++) {
        long at = from + ((long) r * count + d) * Float.BYTES;
        target.set(
            ValueLayout.JAVA_FLOAT_UNALIGNED,
            to + d * VectorTiles.B_STRIDE_BYTES + (long) r * Float.BYTES,
            source.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at));
      }
    }
  }

  private static void load(
      MemorySegment source, long from, long rowBytes, int squares, float[] work, int at) {
    for (int r = 0; r < LENGTH; r += 4) {
      for (int square = 0; square < squares; square++) {
        long start = from + r * rowBytes + (long) square * LENGTH * Float.BYTES;
        loadFour(source, start, rowBytes, work, at + square * SQUARE + r * LENGTH);
      }
    }
  }

  private static void store(float[] work, int at, int squares, MemorySegment target, long to) {
    for (int square = 0; square < squares; square++) {
      int from = at + square * SQUARE;
      long start = to + (long) square * LENGTH * VectorTiles.B_STRIDE_BYTES;
      if (LENGTH == 16) {
        for (int r = 0; r < 4; r++) {
          storeFour(work, from + r * LENGTH, target, start + r * VectorTiles.B_STRIDE_BYTES);
        }
      } else {
        for (int r = 0; r < LENGTH / 2; r++) {
          storeTwo(work, from + r * LENGTH, target, start + r * VectorTiles.B_STRIDE_BYTES);
        }
      }
    }
  }

  private static FloatVector row(MemorySegment source, long from) {
    return FloatVector.fromMemorySegment(SPECIES, source, from, ORDER);
  }

  private static FloatVector lower(
      FloatVector a, FloatVector b, VectorShuffle<Float> swap, VectorMask<Float> upper) {
    return a.blend(b.rearrange(swap), upper);
  }

  private static FloatVector upper(
      FloatVector a, FloatVector b, VectorShuffle<Float> swap, VectorMask<Float> upper) {
    return a.rearrange(swap).blend(b, upper);
  }

  /** Four rows of the source, exchanged one and two apart. */
  private static void loadFour(
      MemorySegment source, long from, long rowBytes, float[] work, int at) {
    FloatVector r0 = row(source, from);
    FloatVector r1 = row(source, from + rowBytes);
    FloatVector r2 = row(source, from + 2 * rowBytes);
    FloatVector r3 = row(source, from + 3 * rowBytes);
    FloatVector s0 = lower(r0, r1, SWAP_1, UPPER_1);
    FloatVector s1 = upper(r0, r1, SWAP_1, UPPER_1);
    FloatVector s2 = lower(r2, r3, SWAP_1, UPPER_1);
    FloatVector s3 = upper(r2, r3, SWAP_1, UPPER_1);
    lower(s0, s2, SWAP_2, UPPER_2).intoArray(work, at);
    lower(s1, s3, SWAP_2, UPPER_2).intoArray(work, at + LENGTH);
    upper(s0, s2, SWAP_2, UPPER_2).intoArray(work, at + 2 * LENGTH);
    upper(s1, s3, SWAP_2, UPPER_2).intoArray(work, at + 3 * LENGTH);
  }

  /** Four rows of working memory, four apart, exchanged four and eight apart. */
  private static void storeFour(float[] work, int at, MemorySegment target, long to) {
    FloatVector r0 = FloatVector.fromArray(SPECIES, work, at);
    FloatVector r1 = FloatVector.fromArray(SPECIES, work, at + 4 * LENGTH);
    FloatVector r2 = FloatVector.fromArray(SPECIES, work, at + 8 * LENGTH);
    FloatVector r3 = FloatVector.fromArray(SPECIES, work, at + 12 * LENGTH);
    FloatVector s0 = lower(r0, r1, SWAP_4, UPPER_4);
    FloatVector s1 = upper(r0, r1, SWAP_4, UPPER_4);
    FloatVector s2 = lower(r2, r3, SWAP_4, UPPER_4);
    FloatVector s3 = upper(r2, r3, SWAP_4, UPPER_4);
    store(lower(s0, s2, SWAP_8, UPPER_8), target, to, 0);
    store(lower(s1, s3, SWAP_8, UPPER_8), target, to, 4);
    store(upper(s0, s2, SWAP_8, UPPER_8), target, to, 8);
    store(upper(s1, s3, SWAP_8, UPPER_8), target, to, 12);
  }

  /** Two rows of working memory, half a square apart: exchanged four apart if there are eight, else as they are. */
  private static void storeTwo(float[] work, int at, MemorySegment target, long to) {
    FloatVector r0 = FloatVector.fromArray(SPECIES, work, at);
    FloatVector r1 = FloatVector.fromArray(SPECIES, work, at + LENGTH / 2 * LENGTH);
    if (LENGTH == 8) {
      store(lower(r0, r1, SWAP_4, UPPER_4), target, to, 0);
      store(upper(r0, r1, SWAP_4, UPPER_4), target, to, LENGTH / 2);
    } else {
      store(r0, target, to, 0);
      store(r1, target, to, LENGTH / 2);
    }
  }

  private static void store(FloatVector row, MemorySegment target, long to, int below) {
    row.intoMemorySegment(target, to + below * VectorTiles.B_STRIDE_BYTES, ORDER);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, i -> (i ^ distance) % LENGTH);
  }

  private static VectorMask<Float> upper(int distance) {
    boolean[] lanes = new boolean[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }
}
