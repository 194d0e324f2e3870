package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of a matrix product: 6 rows by 2 vectors of C held in registers, one outer product a step.
 *
 * <p>Every accumulator is a variable of its own and the loop stands in a method of its own: the JIT then keeps all
 * 12 in registers, where an array of vectors would be boxed. The stride of B is a constant, so that one check before the loop
 * covers all of B's addresses.
 */
final class MicroKernel6x2 {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final long B_STRIDE_BYTES = VectorTiles.B_STRIDE_BYTES;
  private static final int STRIDE = VectorTiles.STRIDE;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private MicroKernel6x2() {}

  /** {@link VectorTiles#multiply} for 6 rows. */
  static void run(
      int depth,
      float[] a,
      int aStart,
      MemorySegment b,
      long bStart,
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
    for (int step = 0; step < depth; step++) {
      long bRow = bStart + step * B_STRIDE_BYTES;
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
  }
}
