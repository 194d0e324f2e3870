package dev.gale.kernels.softmax;

import dev.gale.kernels.vector.OffHeap;
import dev.gale.kernels.vector.ScaledExp;
import dev.gale.kernels.vector.VectorExp;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponentials of a row by {@link SoftmaxBand}, four vectors at a time.
 *
 * <p>What {@code ScaledExp.exp} does is written out four times, for the reason that {@link SoftmaxOfFour} gives and for another: a method of so
 * many bytecodes is compiled by itself. Within a caller that calls others too its constants would be loaded again for each vector, as a call
 * leaves no vector register as it was.
 */
final class SoftmaxPowers {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();
  private static final long VECTOR_BYTES = (long) LENGTH * Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BITS = VectorExp.EXPONENT_BITS;

  /** Elements of four vectors. */
  static final int STEP = 4 * LENGTH;

  private SoftmaxPowers() {}

  /**
   * Writes exponentials and returns their sum.
   *
   * @param start the first, bytes
   * @param count how many, a multiple of {@link #STEP}
   * @param offset as for {@code ScaledExp.exp}
   */
  static float write(
      MemorySegment logits, MemorySegment probabilities, long start, int count, float offset) {
    MemorySegment x = OffHeap.slice(logits, start, (long) count * Float.BYTES);
    MemorySegment y = OffHeap.slice(probabilities, start, (long) count * Float.BYTES);
    FloatVector offsets = FloatVector.broadcast(SPECIES, offset);
    FloatVector log2e = FloatVector.broadcast(SPECIES, VectorExp.LOG2_E);
    FloatVector one = FloatVector.broadcast(SPECIES, 1.0f);
    FloatVector c1 = FloatVector.broadcast(SPECIES, VectorExp.C1);
    FloatVector c2 = FloatVector.broadcast(SPECIES, VectorExp.C2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, VectorExp.C3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, VectorExp.C4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, VectorExp.C5);
    FloatVector c6 = FloatVector.broadcast(SPECIES, VectorExp.C6);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector least = FloatVector.broadcast(SPECIES, ScaledExp.LEAST);
    IntVector most = IntVector.broadcast(IntVector.SPECIES_PREFERRED, ScaledExp.MOST_BITS);
    FloatVector sums = zero;
    for (int j = 0; j < count; j += STEP) {
      long at = (long) j * Float.BYTES;
      FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, x, at, ORDER);
      FloatVector n0 = x0.fma(log2e, offsets);
      FloatVector r0 = x0.fma(log2e, offsets.sub(n0));
      FloatVector p0 = r0.fma(c6, c5).fma(r0, c4).fma(r0, c3).fma(r0, c2).fma(r0, c1).fma(r0, one);
      IntVector e0 = n0.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p0 = p0.mul(e0.reinterpretAsFloats()).blend(zero, n0.compare(VectorOperators.LT, least));
      p0.intoMemorySegment(y, at, ORDER);
      FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, x, at + VECTOR_BYTES, ORDER);
      FloatVector n1 = x1.fma(log2e, offsets);
      FloatVector r1 = x1.fma(log2e, offsets.sub(n1));
      FloatVector p1 = r1.fma(c6, c5).fma(r1, c4).fma(r1, c3).fma(r1, c2).fma(r1, c1).fma(r1, one);
      IntVector e1 = n1.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p1 = p1.mul(e1.reinterpretAsFloats()).blend(zero, n1.compare(VectorOperators.LT, least));
      p1.intoMemorySegment(y, at + VECTOR_BYTES, ORDER);
      FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, x, at + 2 * VECTOR_BYTES, ORDER);
      FloatVector n2 = x2.fma(log2e, offsets);
      FloatVector r2 = x2.fma(log2e, offsets.sub(n2));
      FloatVector p2 = r2.fma(c6, c5).fma(r2, c4).fma(r2, c3).fma(r2, c2).fma(r2, c1).fma(r2, one);
      IntVector e2 = n2.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p2 = p2.mul(e2.reinterpretAsFloats()).blend(zero, n2.compare(VectorOperators.LT, least));
      p2.intoMemorySegment(y, at + 2 * VECTOR_BYTES, ORDER);
      FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, x, at + 3 * VECTOR_BYTES, ORDER);
      FloatVector n3 = x3.fma(log2e, offsets);
      FloatVector r3 = x3.fma(log2e, offsets.sub(n3));
      FloatVector p3 = r3.fma(c6, c5).fma(r3, c4).fma(r3, c3).fma(r3, c2).fma(r3, c1).fma(r3, one);
      IntVector e3 = n3.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p3 = p3.mul(e3.reinterpretAsFloats()).blend(zero, n3.compare(VectorOperators.LT, least));
      p3.intoMemorySegment(y, at + 3 * VECTOR_BYTES, ORDER);
      sums = sums.add(p0).add(p1).add(p2).add(p3);
    }
    return sums.reduceLanes(VectorOperators.ADD);
  }
}
