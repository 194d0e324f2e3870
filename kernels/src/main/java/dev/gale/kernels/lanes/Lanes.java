package dev.gale.kernels.lanes;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float16;
import uk.ac.manchester.tornado.api.types.vectors.Float4;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/** Lane by lane: what compilers behind TornadoVM turn back into one operation on vectors. */
public final class Lanes {

  private Lanes() {}

  /** A vector product by a vector stays one instruction; one by a scalar comes out as sixteen. */
  public static Float16 broadcast(float x) {
    return new Float16(x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x);
  }

  /** Sixteen elements in a row. */
  public static Float16 load(FloatArray from, int at) {
    return new Float16(
        from.get(at),
        from.get(at + 1),
        from.get(at + 2),
        from.get(at + 3),
        from.get(at + 4),
        from.get(at + 5),
        from.get(at + 6),
        from.get(at + 7),
        from.get(at + 8),
        from.get(at + 9),
        from.get(at + 10),
        from.get(at + 11),
        from.get(at + 12),
        from.get(at + 13),
        from.get(at + 14),
        from.get(at + 15));
  }

  /** Sixteen elements in a row, those behind the last one being that one again. */
  public static Float16 load(FloatArray from, int at, int last) {
    // The index is limited, not the value selected: TornadoVM's compiler fails on a branch for each
    // lane.
    return new Float16(
        from.get(at + TornadoMath.min(0, last)),
        from.get(at + TornadoMath.min(1, last)),
        from.get(at + TornadoMath.min(2, last)),
        from.get(at + TornadoMath.min(3, last)),
        from.get(at + TornadoMath.min(4, last)),
        from.get(at + TornadoMath.min(5, last)),
        from.get(at + TornadoMath.min(6, last)),
        from.get(at + TornadoMath.min(7, last)),
        from.get(at + TornadoMath.min(8, last)),
        from.get(at + TornadoMath.min(9, last)),
        from.get(at + TornadoMath.min(10, last)),
        from.get(at + TornadoMath.min(11, last)),
        from.get(at + TornadoMath.min(12, last)),
        from.get(at + TornadoMath.min(13, last)),
        from.get(at + TornadoMath.min(14, last)),
        from.get(at + TornadoMath.min(15, last)));
  }

  /** Sixteen elements in a row. */
  public static void store(FloatArray to, int at, Float16 x) {
    to.set(at, x.getS0());
    to.set(at + 1, x.getS1());
    to.set(at + 2, x.getS2());
    to.set(at + 3, x.getS3());
    to.set(at + 4, x.getS4());
    to.set(at + 5, x.getS5());
    to.set(at + 6, x.getS6());
    to.set(at + 7, x.getS7());
    to.set(at + 8, x.getS8());
    to.set(at + 9, x.getS9());
    to.set(at + 10, x.getS10());
    to.set(at + 11, x.getS11());
    to.set(at + 12, x.getS12());
    to.set(at + 13, x.getS13());
    to.set(at + 14, x.getS14());
    to.set(at + 15, x.getS15());
  }

  /**
   * The larger of each two: the first where the second is NaN, and NaN where the first is.
   *
   * <p>All lanes are read before the first comparison: TornadoVM's compiler fails on a branch for each lane as it is read.
   * Compilers behind it make one instruction of the sixteen if a and b were computed, and what it gives is computed with,
   * as vectors; see {@link #computed}.
   */
  public static Float16 larger(Float16 a, Float16 b) {
    float a0 = a.getS0();
    float b0 = b.getS0();
    float a1 = a.getS1();
    float b1 = b.getS1();
    float a2 = a.getS2();
    float b2 = b.getS2();
    float a3 = a.getS3();
    float b3 = b.getS3();
    float a4 = a.getS4();
    float b4 = b.getS4();
    float a5 = a.getS5();
    float b5 = b.getS5();
    float a6 = a.getS6();
    float b6 = b.getS6();
    float a7 = a.getS7();
    float b7 = b.getS7();
    float a8 = a.getS8();
    float b8 = b.getS8();
    float a9 = a.getS9();
    float b9 = b.getS9();
    float a10 = a.getS10();
    float b10 = b.getS10();
    float a11 = a.getS11();
    float b11 = b.getS11();
    float a12 = a.getS12();
    float b12 = b.getS12();
    float a13 = a.getS13();
    float b13 = b.getS13();
    float a14 = a.getS14();
    float b14 = b.getS14();
    float a15 = a.getS15();
    float b15 = b.getS15();
    float c0 = a0 < b0 ? b0 : a0;
    float c1 = a1 < b1 ? b1 : a1;
    float c2 = a2 < b2 ? b2 : a2;
    float c3 = a3 < b3 ? b3 : a3;
    float c4 = a4 < b4 ? b4 : a4;
    float c5 = a5 < b5 ? b5 : a5;
    float c6 = a6 < b6 ? b6 : a6;
    float c7 = a7 < b7 ? b7 : a7;
    float c8 = a8 < b8 ? b8 : a8;
    float c9 = a9 < b9 ? b9 : a9;
    float c10 = a10 < b10 ? b10 : a10;
    float c11 = a11 < b11 ? b11 : a11;
    float c12 = a12 < b12 ? b12 : a12;
    float c13 = a13 < b13 ? b13 : a13;
    float c14 = a14 < b14 ? b14 : a14;
    float c15 = a15 < b15 ? b15 : a15;
    return new Float16(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15);
  }

  /**
   * The same numbers, but for -0, which becomes 0, as the result of one operation on vectors: of lanes that came straight from
   * memory, or go there, compilers make vectors in pieces, as the memory is accessed.
   */
  public static Float16 computed(Float16 x) {
    return Float16.add(x, broadcast(0.0f));
  }

  /** |x|. */
  public static Float16 absolute(Float16 x) {
    return new Float16(
        TornadoMath.abs(x.getS0()),
        TornadoMath.abs(x.getS1()),
        TornadoMath.abs(x.getS2()),
        TornadoMath.abs(x.getS3()),
        TornadoMath.abs(x.getS4()),
        TornadoMath.abs(x.getS5()),
        TornadoMath.abs(x.getS6()),
        TornadoMath.abs(x.getS7()),
        TornadoMath.abs(x.getS8()),
        TornadoMath.abs(x.getS9()),
        TornadoMath.abs(x.getS10()),
        TornadoMath.abs(x.getS11()),
        TornadoMath.abs(x.getS12()),
        TornadoMath.abs(x.getS13()),
        TornadoMath.abs(x.getS14()),
        TornadoMath.abs(x.getS15()));
  }

  /** The largest of all, but for NaN, which may be dropped. */
  public static float largest(Float16 x) {
    float a0 = x.getS0();
    float a1 = x.getS1();
    float a2 = x.getS2();
    float a3 = x.getS3();
    float a4 = x.getS4();
    float a5 = x.getS5();
    float a6 = x.getS6();
    float a7 = x.getS7();
    float a8 = x.getS8();
    float a9 = x.getS9();
    float a10 = x.getS10();
    float a11 = x.getS11();
    float a12 = x.getS12();
    float a13 = x.getS13();
    float a14 = x.getS14();
    float a15 = x.getS15();
    float b0 = a0 < a8 ? a8 : a0;
    float b1 = a1 < a9 ? a9 : a1;
    float b2 = a2 < a10 ? a10 : a2;
    float b3 = a3 < a11 ? a11 : a3;
    float b4 = a4 < a12 ? a12 : a4;
    float b5 = a5 < a13 ? a13 : a5;
    float b6 = a6 < a14 ? a14 : a6;
    float b7 = a7 < a15 ? a15 : a7;
    float c0 = b0 < b4 ? b4 : b0;
    float c1 = b1 < b5 ? b5 : b1;
    float c2 = b2 < b6 ? b6 : b2;
    float c3 = b3 < b7 ? b7 : b3;
    float d0 = c0 < c2 ? c2 : c0;
    float d1 = c1 < c3 ? c3 : c1;
    return d0 < d1 ? d1 : d0;
  }

  /** The sum of all, by halves. */
  public static float total(Float16 x) {
    Float8 eight =
        Float8.add(
            new Float8(
                x.getS0(), x.getS1(), x.getS2(), x.getS3(), x.getS4(), x.getS5(), x.getS6(),
                x.getS7()),
            new Float8(
                x.getS8(),
                x.getS9(),
                x.getS10(),
                x.getS11(),
                x.getS12(),
                x.getS13(),
                x.getS14(),
                x.getS15()));
    Float4 four =
        Float4.add(
            new Float4(eight.getS0(), eight.getS1(), eight.getS2(), eight.getS3()),
            new Float4(eight.getS4(), eight.getS5(), eight.getS6(), eight.getS7()));
    return (four.getX() + four.getZ()) + (four.getY() + four.getW());
  }
}
