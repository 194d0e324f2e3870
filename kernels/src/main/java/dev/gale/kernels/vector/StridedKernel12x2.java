package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of a matrix product: 12 rows by 2 vectors of C held in registers, one outer product a step.
 *
 * <p>Every accumulator is a variable of its own and the loop stands in a method of its own: the JIT then keeps all
 * 24 in registers, where an array of vectors would be boxed.
 */
final class StridedKernel12x2 {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final int STRIDE = VectorTiles.STRIDE;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private StridedKernel12x2() {}

  /** {@link VectorTiles#multiplyStrided} for 12 rows. */
  static void run(
      int depth,
      float[] a,
      int aStart,
      MemorySegment b,
      long bStart,
      long bStride,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    FloatVector c0x0 =
        accumulate ? FloatVector.fromArray(SPECIES, c, cStart) : FloatVector.zero(SPECIES);
    FloatVector c0x1 =
        accumulate ? FloatVector.fromArray(SPECIES, c, cStart + LENGTH) : FloatVector.zero(SPECIES);
    FloatVector c1x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c1x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c2x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 2 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c2x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 2 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c3x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 3 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c3x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 3 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c4x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 4 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c4x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 4 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c5x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 5 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c5x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 5 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c6x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 6 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c6x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 6 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c7x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 7 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c7x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 7 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c8x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 8 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c8x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 8 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c9x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 9 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c9x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 9 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c10x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 10 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c10x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 10 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    FloatVector c11x0 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 11 * cStride)
            : FloatVector.zero(SPECIES);
    FloatVector c11x1 =
        accumulate
            ? FloatVector.fromArray(SPECIES, c, cStart + 11 * cStride + LENGTH)
            : FloatVector.zero(SPECIES);
    for (int step = 0; step < depth; step++) {
      long bRow = bStart + step * bStride;
      int aColumn = aStart + step;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bRow, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, bRow + VECTOR_BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aColumn]);
      c0x0 = a0.fma(b0, c0x0);
      c0x1 = a0.fma(b1, c0x1);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aColumn + STRIDE]);
      c1x0 = a1.fma(b0, c1x0);
      c1x1 = a1.fma(b1, c1x1);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aColumn + 2 * STRIDE]);
      c2x0 = a2.fma(b0, c2x0);
      c2x1 = a2.fma(b1, c2x1);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aColumn + 3 * STRIDE]);
      c3x0 = a3.fma(b0, c3x0);
      c3x1 = a3.fma(b1, c3x1);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aColumn + 4 * STRIDE]);
      c4x0 = a4.fma(b0, c4x0);
      c4x1 = a4.fma(b1, c4x1);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aColumn + 5 * STRIDE]);
      c5x0 = a5.fma(b0, c5x0);
      c5x1 = a5.fma(b1, c5x1);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[aColumn + 6 * STRIDE]);
      c6x0 = a6.fma(b0, c6x0);
      c6x1 = a6.fma(b1, c6x1);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[aColumn + 7 * STRIDE]);
      c7x0 = a7.fma(b0, c7x0);
      c7x1 = a7.fma(b1, c7x1);
      FloatVector a8 = FloatVector.broadcast(SPECIES, a[aColumn + 8 * STRIDE]);
      c8x0 = a8.fma(b0, c8x0);
      c8x1 = a8.fma(b1, c8x1);
      FloatVector a9 = FloatVector.broadcast(SPECIES, a[aColumn + 9 * STRIDE]);
      c9x0 = a9.fma(b0, c9x0);
      c9x1 = a9.fma(b1, c9x1);
      FloatVector a10 = FloatVector.broadcast(SPECIES, a[aColumn + 10 * STRIDE]);
      c10x0 = a10.fma(b0, c10x0);
      c10x1 = a10.fma(b1, c10x1);
      FloatVector a11 = FloatVector.broadcast(SPECIES, a[aColumn + 11 * STRIDE]);
      c11x0 = a11.fma(b0, c11x0);
      c11x1 = a11.fma(b1, c11x1);
    }
    c0x0.intoArray(c, cStart);
    c0x1.intoArray(c, cStart + LENGTH);
    c1x0.intoArray(c, cStart + cStride);
    c1x1.intoArray(c, cStart + cStride + LENGTH);
    c2x0.intoArray(c, cStart + 2 * cStride);
    c2x1.intoArray(c, cStart + 2 * cStride + LENGTH);
    c3x0.intoArray(c, cStart + 3 * cStride);
    c3x1.intoArray(c, cStart + 3 * cStride + LENGTH);
    c4x0.intoArray(c, cStart + 4 * cStride);
    c4x1.intoArray(c, cStart + 4 * cStride + LENGTH);
    c5x0.intoArray(c, cStart + 5 * cStride);
    c5x1.intoArray(c, cStart + 5 * cStride + LENGTH);
    c6x0.intoArray(c, cStart + 6 * cStride);
    c6x1.intoArray(c, cStart + 6 * cStride + LENGTH);
    c7x0.intoArray(c, cStart + 7 * cStride);
    c7x1.intoArray(c, cStart + 7 * cStride + LENGTH);
    c8x0.intoArray(c, cStart + 8 * cStride);
    c8x1.intoArray(c, cStart + 8 * cStride + LENGTH);
    c9x0.intoArray(c, cStart + 9 * cStride);
    c9x1.intoArray(c, cStart + 9 * cStride + LENGTH);
    c10x0.intoArray(c, cStart + 10 * cStride);
    c10x1.intoArray(c, cStart + 10 * cStride + LENGTH);
    c11x0.intoArray(c, cStart + 11 * cStride);
    c11x1.intoArray(c, cStart + 11 * cStride + LENGTH);
  }
}
