package dev.gale.kernels.lanes;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

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

  /** The larger of each two. NaN is dropped where {@code TornadoMath.max} drops it, and kept elsewhere. */
  public static Float16 larger(Float16 a, Float16 b) {
    return new Float16(
        TornadoMath.max(a.getS0(), b.getS0()),
        TornadoMath.max(a.getS1(), b.getS1()),
        TornadoMath.max(a.getS2(), b.getS2()),
        TornadoMath.max(a.getS3(), b.getS3()),
        TornadoMath.max(a.getS4(), b.getS4()),
        TornadoMath.max(a.getS5(), b.getS5()),
        TornadoMath.max(a.getS6(), b.getS6()),
        TornadoMath.max(a.getS7(), b.getS7()),
        TornadoMath.max(a.getS8(), b.getS8()),
        TornadoMath.max(a.getS9(), b.getS9()),
        TornadoMath.max(a.getS10(), b.getS10()),
        TornadoMath.max(a.getS11(), b.getS11()),
        TornadoMath.max(a.getS12(), b.getS12()),
        TornadoMath.max(a.getS13(), b.getS13()),
        TornadoMath.max(a.getS14(), b.getS14()),
        TornadoMath.max(a.getS15(), b.getS15()));
  }

  /** The smaller of each two; NaN as in {@link #larger}. */
  public static Float16 smaller(Float16 a, Float16 b) {
    return new Float16(
        TornadoMath.min(a.getS0(), b.getS0()),
        TornadoMath.min(a.getS1(), b.getS1()),
        TornadoMath.min(a.getS2(), b.getS2()),
        TornadoMath.min(a.getS3(), b.getS3()),
        TornadoMath.min(a.getS4(), b.getS4()),
        TornadoMath.min(a.getS5(), b.getS5()),
        TornadoMath.min(a.getS6(), b.getS6()),
        TornadoMath.min(a.getS7(), b.getS7()),
        TornadoMath.min(a.getS8(), b.getS8()),
        TornadoMath.min(a.getS9(), b.getS9()),
        TornadoMath.min(a.getS10(), b.getS10()),
        TornadoMath.min(a.getS11(), b.getS11()),
        TornadoMath.min(a.getS12(), b.getS12()),
        TornadoMath.min(a.getS13(), b.getS13()),
        TornadoMath.min(a.getS14(), b.getS14()),
        TornadoMath.min(a.getS15(), b.getS15()));
  }
}
