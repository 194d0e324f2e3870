package dev.gale.kernels.matmul;

import dev.gale.kernels.vector.VectorScratch;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One work item of {@link MatmulVector#matmulFewRows}: some columns of C. Four rows of B at a time pass by, as they lie; the
 * sums stay in the first-level cache.
 */
final class MatmulRows {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Rows of B, and of A, that one pass takes. */
  private static final int STEPS = 4;

  private MatmulRows() {}

  static void multiply(
      MemorySegment a,
      MemorySegment b,
      MemorySegment c,
      int m,
      int column,
      int columns,
      int n,
      int k) {
    float[] sums = VectorScratch.floats(m * columns);
    Arrays.fill(sums, 0, m * columns, 0.0f);
    int whole = columns / LENGTH * LENGTH;
    long rowBytes = (long) n * Float.BYTES;
    int l = 0;
    for (; l <= k - STEPS; l += STEPS) {
      long row = (long) l * rowBytes + (long) column * Float.BYTES;
      int i = 0;
      for (; i <= m - STEPS; i += STEPS) {
        fourRows(
            a,
            ((long) i * k + l) * Float.BYTES,
            k,
            b,
            row,
            rowBytes,
            sums,
            i * columns,
            columns,
            whole);
      }
      for (; i < m; i++) {
        oneRow(a, ((long) i * k + l) * Float.BYTES, b, row, rowBytes, sums, i * columns, whole);
      }
    }
    for (; l < k; l++) {
      long row = (long) l * rowBytes + (long) column * Float.BYTES;
      for (int i = 0; i < m; i++) {
        oneStep(at(a, ((long) i * k + l) * Float.BYTES), b, row, sums, i * columns, whole);
      }
    }
    lastColumns(a, b, sums, m, whole, column, columns, n, k);
    long to = (long) column * Float.BYTES;
    VectorTiles.storeRows(sums, 0, columns, c, to, n, m, columns);
  }

  private static float at(MemorySegment segment, long offset) {
    return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset);
  }

  private static FloatVector broadcast(MemorySegment a, long offset) {
    return FloatVector.broadcast(SPECIES, at(a, offset));
  }

  private static FloatVector load(MemorySegment b, long offset) {
    return FloatVector.fromMemorySegment(SPECIES, b, offset, ORDER);
  }

  private static void oneRow(
      MemorySegment a,
      long from,
      MemorySegment b,
      long row,
      long rowBytes,
      float[] sums,
      int sum,
      int columns) {
    FloatVector a0 = broadcast(a, from);
    FloatVector a1 = broadcast(a, from + Float.BYTES);
    FloatVector a2 = broadcast(a, from + 2 * Float.BYTES);
    FloatVector a3 = broadcast(a, from + 3 * Float.BYTES);
    for (int j = 0; j < columns; j += LENGTH) {
      long at = row + (long) j * Float.BYTES;
      FloatVector c0 = FloatVector.fromArray(SPECIES, sums, sum + j);
      c0 = a0.fma(load(b, at), c0);
      c0 = a1.fma(load(b, at + rowBytes), c0);
      c0 = a2.fma(load(b, at + 2 * rowBytes), c0);
      a3.fma(load(b, at + 3 * rowBytes), c0).intoArray(sums, sum + j);
    }
  }

  private static void fourRows(
      MemorySegment a,
      long from,
      int k,
      MemorySegment b,
      long row,
      long rowBytes,
      float[] sums,
      int sum,
      int stride,
      int columns) {
    long next = (long) k * Float.BYTES;
    FloatVector a00 = broadcast(a, from);
    FloatVector a01 = broadcast(a, from + Float.BYTES);
    FloatVector a02 = broadcast(a, from + 2 * Float.BYTES);
    FloatVector a03 = broadcast(a, from + 3 * Float.BYTES);
    FloatVector a10 = broadcast(a, from + next);
    FloatVector a11 = broadcast(a, from + next + Float.BYTES);
    FloatVector a12 = broadcast(a, from + next + 2 * Float.BYTES);
    FloatVector a13 = broadcast(a, from + next + 3 * Float.BYTES);
    FloatVector a20 = broadcast(a, from + 2 * next);
    FloatVector a21 = broadcast(a, from + 2 * next + Float.BYTES);
    FloatVector a22 = broadcast(a, from + 2 * next + 2 * Float.BYTES);
    FloatVector a23 = broadcast(a, from + 2 * next + 3 * Float.BYTES);
    FloatVector a30 = broadcast(a, from + 3 * next);
    FloatVector a31 = broadcast(a, from + 3 * next + Float.BYTES);
    FloatVector a32 = broadcast(a, from + 3 * next + 2 * Float.BYTES);
    FloatVector a33 = broadcast(a, from + 3 * next + 3 * Float.BYTES);
    for (int j = 0; j < columns; j += LENGTH) {
      long at = row + (long) j * Float.BYTES;
      int to = sum + j;
      FloatVector b0 = load(b, at);
      FloatVector b1 = load(b, at + rowBytes);
      FloatVector b2 = load(b, at + 2 * rowBytes);
      FloatVector b3 = load(b, at + 3 * rowBytes);
      FloatVector c0 = a00.fma(b0, FloatVector.fromArray(SPECIES, sums, to));
      FloatVector c1 = a10.fma(b0, FloatVector.fromArray(SPECIES, sums, to + stride));
      FloatVector c2 = a20.fma(b0, FloatVector.fromArray(SPECIES, sums, to + 2 * stride));
      FloatVector c3 = a30.fma(b0, FloatVector.fromArray(SPECIES, sums, to + 3 * stride));
      c0 = a01.fma(b1, c0);
      c1 = a11.fma(b1, c1);
      c2 = a21.fma(b1, c2);
      c3 = a31.fma(b1, c3);
      c0 = a02.fma(b2, c0);
      c1 = a12.fma(b2, c1);
      c2 = a22.fma(b2, c2);
      c3 = a32.fma(b2, c3);
      a03.fma(b3, c0).intoArray(sums, to);
      a13.fma(b3, c1).intoArray(sums, to + stride);
      a23.fma(b3, c2).intoArray(sums, to + 2 * stride);
      a33.fma(b3, c3).intoArray(sums, to + 3 * stride);
    }
  }

  private static void oneStep(
      float factor, MemorySegment b, long row, float[] sums, int sum, int columns) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, factor);
    for (int j = 0; j < columns; j += LENGTH) {
      a0.fma(load(b, row + (long) j * Float.BYTES), FloatVector.fromArray(SPECIES, sums, sum + j))
          .intoArray(sums, sum + j);
    }
  }

  /** The same one by one, for columns that fill no vector. */
  private static void lastColumns(
      MemorySegment a,
      MemorySegment b,
      float[] sums,
      int m,
      int from,
      int column,
      int columns,
      int n,
      int k) {
    for (int i = 0; i < m; i++) {
      for (int l = 0; l < k; l++) {
        float factor = at(a, ((long) i * k + l) * Float.BYTES);
        for (int j = from; j < columns; j++) {
          float element = at(b, ((long) l * n + column + j) * Float.BYTES);
          sums[i * columns + j] = Math.fma(factor, element, sums[i * columns + j]);
        }
      }
    }
  }
}
