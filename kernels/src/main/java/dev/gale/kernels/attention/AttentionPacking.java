package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Queries and keys in the order in which {@link AttentionBlocked} reads them. */
public final class AttentionPacking {

  private static final int ROWS = AttentionBlocked.ROWS;
  private static final int PANEL = AttentionBlocked.PANEL;

  private AttentionPacking() {}

  /**
   * packed[h,b,d] is the vector of scale queries[h, min(16 b + lane, seqLenQ - 1), d] over the lanes; behind them, for t
   * from 0 to 16, the vector that is -infinity in the lanes below t and 0 in the others.
   *
   * <p>Work items: one a block of 16 rows, and one for the vectors that hide.
   *
   * <p>Numerics: one rounded product an element.
   *
   * <p>Cost: 1 FLOP, one load and one store of 4 bytes an element.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * @param queries [heads, seqLenQ, headDim], read
   * @param packed [heads, ceil(seqLenQ / 16), headDim] vectors and 17 more, written
   * @param heads query heads of all batches
   * @param seqLenQ queries a head
   * @param headDim elements of a query
   * @param scale factor on the products of queries and keys
   */
  public static void packQueries(
      FloatArray queries, VectorFloat16 packed, int heads, int seqLenQ, int headDim, float scale) {
    for (@Parallel int item = 0; item < heads * ((seqLenQ + ROWS - 1) / ROWS) + 1; item++) {
      int blocks = (seqLenQ + ROWS - 1) / ROWS;
      if (item < heads * blocks) {
        int row = item % blocks * ROWS;
        int last = seqLenQ - 1 - row;
        int from = (item / blocks * seqLenQ + row) * headDim;
        for (int d = 0; d < headDim; d++) {
          packed.set(
              item * headDim + d,
              Float16.mult(Lanes.broadcast(scale), column(queries, from + d, headDim, last)));
        }
      } else {
        for (int t = 0; t < ROWS + 1; t++) {
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
          packed.set(
              item * headDim + t,
              Float16.mult(Float16.mult(below, Lanes.broadcast(-3e38f)), Lanes.broadcast(10.0f)));
        }
      }
    }
  }

  /**
   * packed[g,p,d,j] = keys[g, min(16 p + j, seqLenK - 1), d].
   *
   * <p>Work items: one a panel of 16 keys.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: kvHeads seqLenK headDim loads and stores of 4 bytes.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * @param keys [kvHeads, seqLenK, headDim], read
   * @param packed [kvHeads, ceil(seqLenK / 16), headDim, 16], written
   * @param kvHeads key-value heads of all batches
   * @param seqLenK keys a head
   * @param headDim elements of a key
   */
  public static void packKeys(
      FloatArray keys, FloatArray packed, int kvHeads, int seqLenK, int headDim) {
    for (@Parallel int panel = 0; panel < kvHeads * ((seqLenK + PANEL - 1) / PANEL); panel++) {
      int panels = (seqLenK + PANEL - 1) / PANEL;
      int head = panel / panels;
      int key = panel % panels * PANEL;
      int last = seqLenK - 1 - key;
      for (int d = 0; d < headDim; d++) {
        Lanes.store(
            packed,
            (panel * headDim + d) * PANEL,
            column(keys, (head * seqLenK + key) * headDim + d, headDim, last));
      }
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
