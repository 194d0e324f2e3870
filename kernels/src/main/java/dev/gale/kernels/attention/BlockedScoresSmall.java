package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** What {@link BlockedScores} does, with few registers: eight of eight elements hold the sums. */
final class BlockedScoresSmall {

  private static final int PANEL = AttentionBlocked.SMALL_PANEL;

  private BlockedScoresSmall() {}

  /**
   * {@link BlockedScores#multiply} for 4 keys, of which those behind the last one are that one again.
   *
   * @param work holds the queries, vector by vector from {@code queries} on, and receives the scores, from vector {@code scores} on
   * @param keys all keys; rows lie next to one another, so that a panel is one piece of memory
   * @param first where the first of the keys begins
   * @param last number of the last key there is, counted from the first one
   * @param seqLenK keys a head: where it is a multiple of 4, what is between two keys is a constant
   * @param headDim elements of a query and of a key
   */
  static void multiply(
      FloatArray work,
      FloatArray keys,
      int queries,
      int scores,
      int first,
      int last,
      int seqLenK,
      int headDim) {
    VectorFloat16 w = new VectorFloat16(work);
    Float16 sum0 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum1 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum2 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum3 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    int k1 = headDim;
    int k2 = 2 * headDim;
    int k3 = 3 * headDim;
    if (seqLenK % PANEL != 0) {
      k1 = TornadoMath.min(1, last) * headDim;
      k2 = TornadoMath.min(2, last) * headDim;
      k3 = TornadoMath.min(3, last) * headDim;
    }
    for (int d = 0; d < headDim; d++) {
      Float16 q = w.get(queries + d);
      int k = first + d;
      sum0 = Float16.add(sum0, Float16.mult(q, Lanes.broadcast(keys.get(k))));
      sum1 = Float16.add(sum1, Float16.mult(q, Lanes.broadcast(keys.get(k + k1))));
      sum2 = Float16.add(sum2, Float16.mult(q, Lanes.broadcast(keys.get(k + k2))));
      sum3 = Float16.add(sum3, Float16.mult(q, Lanes.broadcast(keys.get(k + k3))));
    }
    w.set(scores, sum0);
    w.set(scores + 1, sum1);
    w.set(scores + 2, sum2);
    w.set(scores + 3, sum3);
  }
}
