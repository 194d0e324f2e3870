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
 * Softmax of rows of eight vectors by {@link SoftmaxVector}: a row is divided by its sum where the next one's exponentials are computed, which
 * hides how long a sum and a quotient take.
 *
 * <p>The exponentials are written out as in {@link SoftmaxOfFour}, and for the same reason.
 */
final class SoftmaxOfEight {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final long VECTOR_BYTES = (long) SPECIES.length() * Float.BYTES;
  private static final long ROW_BYTES = 8 * VECTOR_BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BITS = VectorExp.EXPONENT_BITS;

  /** Elements of a row. */
  static final int COLS = 8 * SPECIES.length();

  private SoftmaxOfEight() {}

  /**
   * Writes the probabilities of rows until there is one whose sum is not sound.
   *
   * @param start the first row, bytes
   * @param bytes all rows
   * @param offset as for {@code ScaledExp.exp}
   * @return the bytes of the rows that are done
   */
  static long rows(
      MemorySegment logits, MemorySegment probabilities, long start, long bytes, float offset) {
    long last = bytes - ROW_BYTES;
    float sum = SoftmaxPowers.write(logits, probabilities, start, COLS, offset);
    MemorySegment x = OffHeap.slice(logits, start + ROW_BYTES, last);
    MemorySegment y = OffHeap.slice(probabilities, start + ROW_BYTES, last);
    MemorySegment before = OffHeap.slice(probabilities, start, last);
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
    for (long at = 0; at < last; at += ROW_BYTES) {
      if (!(sum >= ScaledExp.LEAST_SUM && sum <= ScaledExp.MOST_SUM)) {
        return at;
      }
      FloatVector factor = FloatVector.broadcast(SPECIES, 1.0f / sum);
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
      FloatVector x4 = FloatVector.fromMemorySegment(SPECIES, x, at + 4 * VECTOR_BYTES, ORDER);
      FloatVector n4 = x4.fma(log2e, offsets);
      FloatVector r4 = x4.fma(log2e, offsets.sub(n4));
      FloatVector p4 = r4.fma(c6, c5).fma(r4, c4).fma(r4, c3).fma(r4, c2).fma(r4, c1).fma(r4, one);
      IntVector e4 = n4.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p4 = p4.mul(e4.reinterpretAsFloats()).blend(zero, n4.compare(VectorOperators.LT, least));
      p4.intoMemorySegment(y, at + 4 * VECTOR_BYTES, ORDER);
      FloatVector x5 = FloatVector.fromMemorySegment(SPECIES, x, at + 5 * VECTOR_BYTES, ORDER);
      FloatVector n5 = x5.fma(log2e, offsets);
      FloatVector r5 = x5.fma(log2e, offsets.sub(n5));
      FloatVector p5 = r5.fma(c6, c5).fma(r5, c4).fma(r5, c3).fma(r5, c2).fma(r5, c1).fma(r5, one);
      IntVector e5 = n5.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p5 = p5.mul(e5.reinterpretAsFloats()).blend(zero, n5.compare(VectorOperators.LT, least));
      p5.intoMemorySegment(y, at + 5 * VECTOR_BYTES, ORDER);
      FloatVector x6 = FloatVector.fromMemorySegment(SPECIES, x, at + 6 * VECTOR_BYTES, ORDER);
      FloatVector n6 = x6.fma(log2e, offsets);
      FloatVector r6 = x6.fma(log2e, offsets.sub(n6));
      FloatVector p6 = r6.fma(c6, c5).fma(r6, c4).fma(r6, c3).fma(r6, c2).fma(r6, c1).fma(r6, one);
      IntVector e6 = n6.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p6 = p6.mul(e6.reinterpretAsFloats()).blend(zero, n6.compare(VectorOperators.LT, least));
      p6.intoMemorySegment(y, at + 6 * VECTOR_BYTES, ORDER);
      FloatVector x7 = FloatVector.fromMemorySegment(SPECIES, x, at + 7 * VECTOR_BYTES, ORDER);
      FloatVector n7 = x7.fma(log2e, offsets);
      FloatVector r7 = x7.fma(log2e, offsets.sub(n7));
      FloatVector p7 = r7.fma(c6, c5).fma(r7, c4).fma(r7, c3).fma(r7, c2).fma(r7, c1).fma(r7, one);
      IntVector e7 = n7.reinterpretAsInts().min(most).lanewise(VectorOperators.LSHL, BITS);
      p7 = p7.mul(e7.reinterpretAsFloats()).blend(zero, n7.compare(VectorOperators.LT, least));
      p7.intoMemorySegment(y, at + 7 * VECTOR_BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at + VECTOR_BYTES, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at + VECTOR_BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at + 2 * VECTOR_BYTES, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at + 2 * VECTOR_BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at + 3 * VECTOR_BYTES, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at + 3 * VECTOR_BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at + 4 * VECTOR_BYTES, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at + 4 * VECTOR_BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at + 5 * VECTOR_BYTES, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at + 5 * VECTOR_BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at + 6 * VECTOR_BYTES, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at + 6 * VECTOR_BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, before, at + 7 * VECTOR_BYTES, ORDER)
          .mul(factor)
          .intoMemorySegment(before, at + 7 * VECTOR_BYTES, ORDER);
      sum =
          p0.add(p1)
              .add(p2.add(p3))
              .add(p4.add(p5).add(p6.add(p7)))
              .reduceLanes(VectorOperators.ADD);
    }
    if (!ScaledExp.isSound(sum)) {
      return last;
    }
    SoftmaxBand.scale(probabilities, start + last, COLS, 1.0f / sum);
    return bytes;
  }
}
