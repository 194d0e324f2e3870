package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of a matrix product: 1 row by 2 vectors of C held in registers, one outer product a step.
 *
 * <p>Every accumulator is a variable of its own and the loop stands in a method of its own: the JIT then keeps all
 * 2 in registers, where an array of vectors would be boxed. The stride of B is a constant, so that one check before the loop
 * covers all of B's addresses.
 */
final class MicroKernel1x2 {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final long B_STRIDE_BYTES = VectorTiles.B_STRIDE_BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private MicroKernel1x2() {}

  /** {@link VectorTiles#multiply} for 1 row. */
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
    for (int step = 0; step < depth; step++) {
      long bRow = bStart + step * B_STRIDE_BYTES;
      int aColumn = aStart + step;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bRow, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, bRow + VECTOR_BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aColumn]);
      c0x0 = a0.fma(b0, c0x0);
      c0x1 = a0.fma(b1, c0x1);
    }
    c0x0.intoArray(c, cStart);
    c0x1.intoArray(c, cStart + LENGTH);
  }
}
