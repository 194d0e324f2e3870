package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Query rows into the lanes of {@link AttentionBlocked}, and out of them. */
final class BlockedRows {

  private BlockedRows() {}

  /** Vectors of a block: its queries, sums, maxima and divisors. */
  static int vectors(int headDim, int headDimV) {
    return headDim + headDimV + 2;
  }

  /** The first of the sums of the block at {@code state}; its maxima and its divisors are behind them. */
  static int sums(int state, int headDim) {
    return state + headDim;
  }

  /** A block that has seen no key. */
  static void start(
      FloatArray queries,
      FloatArray work,
      int state,
      int from,
      int last,
      int headDim,
      int headDimV,
      float scale) {
    VectorFloat16 w = new VectorFloat16(work);
    pack(queries, work, state, from, last, headDim, scale);
    int sums = sums(state, headDim);
    for (int c = 0; c < headDimV + 2; c++) {
      w.set(sums + c, new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
    w.set(sums + headDimV, Lanes.broadcast(Float.NEGATIVE_INFINITY));
  }

  /**
   * Vector d of the queries: scale queries[min(lane, last), d] over the lanes.
   *
   * @param work receives them, from vector {@code to} on
   * @param from where the first row begins
   * @param last the last row there is, counted from the first
   */
  static void pack(
      FloatArray queries, FloatArray work, int to, int from, int last, int headDim, float scale) {
    VectorFloat16 w = new VectorFloat16(work);
    for (int d = 0; d < headDim; d++) {
      w.set(to + d, Float16.mult(Lanes.broadcast(scale), column(queries, from + d, headDim, last)));
    }
  }

  /** -infinity in the lanes below t, of 0 to 16, and 0 in the others. */
  static Float16 hidden(int t) {
    // Steps of -3e38 and 10 overflow to -infinity where the lane is below, and keep its 0
    // elsewhere: a choice by lane is what TornadoVM's compiler fails on.
    Float16 below =
        new Float16(
            (float) TornadoMath.min(TornadoMath.max(t, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 1, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 2, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 3, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 4, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 5, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 6, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 7, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 8, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 9, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 10, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 11, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 12, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 13, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 14, 0), 1),
            (float) TornadoMath.min(TornadoMath.max(t - 15, 0), 1));
    return Float16.mult(Float16.mult(below, Lanes.broadcast(-3e38f)), Lanes.broadcast(10.0f));
  }

  /**
   * output[lane,:] = sums / divisor, for lanes up to {@code last}.
   *
   * @param work holds the sums, a vector a column, from vector {@code sums} on
   * @param row the first row
   * @param last the last row there is, counted from the first
   * @return 0 in the lanes whose elements are all finite, NaN in the others
   */
  static Float16 divide(
      FloatArray work,
      FloatArray output,
      int sums,
      Float16 divisor,
      int row,
      int last,
      int headDimV) {
    VectorFloat16 w = new VectorFloat16(work);
    Float16 notFinite = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (int c = 0; c < headDimV; c++) {
      Float16 quotient = Float16.div(w.get(sums + c), divisor);
      store(output, row * headDimV + c, headDimV, quotient, last);
      notFinite =
          Float16.add(
              notFinite,
              Float16.mult(quotient, new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
    }
    return notFinite;
  }

  static Float16 log(Float16 x) {
    return new Float16(
        TornadoMath.log(x.getS0()),
        TornadoMath.log(x.getS1()),
        TornadoMath.log(x.getS2()),
        TornadoMath.log(x.getS3()),
        TornadoMath.log(x.getS4()),
        TornadoMath.log(x.getS5()),
        TornadoMath.log(x.getS6()),
        TornadoMath.log(x.getS7()),
        TornadoMath.log(x.getS8()),
        TornadoMath.log(x.getS9()),
        TornadoMath.log(x.getS10()),
        TornadoMath.log(x.getS11()),
        TornadoMath.log(x.getS12()),
        TornadoMath.log(x.getS13()),
        TornadoMath.log(x.getS14()),
        TornadoMath.log(x.getS15()));
  }

  static void store(FloatArray to, int at, int stride, Float16 x, int last) {
    to.set(at, x.getS0());
    if (last > 0) {
      to.set(at + stride, x.getS1());
    }
    if (last > 1) {
      to.set(at + 2 * stride, x.getS2());
    }
    if (last > 2) {
      to.set(at + 3 * stride, x.getS3());
    }
    if (last > 3) {
      to.set(at + 4 * stride, x.getS4());
    }
    if (last > 4) {
      to.set(at + 5 * stride, x.getS5());
    }
    if (last > 5) {
      to.set(at + 6 * stride, x.getS6());
    }
    if (last > 6) {
      to.set(at + 7 * stride, x.getS7());
    }
    if (last > 7) {
      to.set(at + 8 * stride, x.getS8());
    }
    if (last > 8) {
      to.set(at + 9 * stride, x.getS9());
    }
    if (last > 9) {
      to.set(at + 10 * stride, x.getS10());
    }
    if (last > 10) {
      to.set(at + 11 * stride, x.getS11());
    }
    if (last > 11) {
      to.set(at + 12 * stride, x.getS12());
    }
    if (last > 12) {
      to.set(at + 13 * stride, x.getS13());
    }
    if (last > 13) {
      to.set(at + 14 * stride, x.getS14());
    }
    if (last > 14) {
      to.set(at + 15 * stride, x.getS15());
    }
  }

  /** Sixteen elements, a stride apart, the last one repeated. */
  static Float16 column(FloatArray matrix, int from, int stride, int last) {
    return new Float16(
        matrix.get(from),
        matrix.get(from + TornadoMath.min(1, last) * stride),
        matrix.get(from + TornadoMath.min(2, last) * stride),
        matrix.get(from + TornadoMath.min(3, last) * stride),
        matrix.get(from + TornadoMath.min(4, last) * stride),
        matrix.get(from + TornadoMath.min(5, last) * stride),
        matrix.get(from + TornadoMath.min(6, last) * stride),
        matrix.get(from + TornadoMath.min(7, last) * stride),
        matrix.get(from + TornadoMath.min(8, last) * stride),
        matrix.get(from + TornadoMath.min(9, last) * stride),
        matrix.get(from + TornadoMath.min(10, last) * stride),
        matrix.get(from + TornadoMath.min(11, last) * stride),
        matrix.get(from + TornadoMath.min(12, last) * stride),
        matrix.get(from + TornadoMath.min(13, last) * stride),
        matrix.get(from + TornadoMath.min(14, last) * stride),
        matrix.get(from + TornadoMath.min(15, last) * stride));
  }
}
