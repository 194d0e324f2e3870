package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Products of a block of queries with a panel of keys, in registers, for {@link AttentionBlocked}. */
final class BlockedScores {

  private static final int PANEL = AttentionBlocked.PANEL;

  private BlockedScores() {}

  /**
   * scores[j] = queries . keys[j,:] for 16 keys, of which those behind the last one are that one again.
   *
   * @param work holds the queries, vector by vector from {@code queries} on, and receives the scores, from vector {@code scores} on
   * @param keys all keys; rows lie next to one another, so that a panel is one piece of memory
   * @param first where the first of the keys begins
   * @param last number of the last key there is, counted from the first one
   * @param seqLenK keys a head: where it is a multiple of 16, what is between two keys is a constant
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
    Float16 sum4 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum5 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum6 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum7 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum8 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum9 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum10 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum11 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum12 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum13 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum14 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum15 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    int k1 = headDim;
    int k2 = 2 * headDim;
    int k3 = 3 * headDim;
    int k4 = 4 * headDim;
    int k5 = 5 * headDim;
    int k6 = 6 * headDim;
    int k7 = 7 * headDim;
    int k8 = 8 * headDim;
    int k9 = 9 * headDim;
    int k10 = 10 * headDim;
    int k11 = 11 * headDim;
    int k12 = 12 * headDim;
    int k13 = 13 * headDim;
    int k14 = 14 * headDim;
    int k15 = 15 * headDim;
    if (seqLenK % PANEL != 0) {
      k1 = TornadoMath.min(1, last) * headDim;
      k2 = TornadoMath.min(2, last) * headDim;
      k3 = TornadoMath.min(3, last) * headDim;
      k4 = TornadoMath.min(4, last) * headDim;
      k5 = TornadoMath.min(5, last) * headDim;
      k6 = TornadoMath.min(6, last) * headDim;
      k7 = TornadoMath.min(7, last) * headDim;
      k8 = TornadoMath.min(8, last) * headDim;
      k9 = TornadoMath.min(9, last) * headDim;
      k10 = TornadoMath.min(10, last) * headDim;
      k11 = TornadoMath.min(11, last) * headDim;
      k12 = TornadoMath.min(12, last) * headDim;
      k13 = TornadoMath.min(13, last) * headDim;
      k14 = TornadoMath.min(14, last) * headDim;
      k15 = TornadoMath.min(15, last) * headDim;
    }
    for (int d = 0; d < headDim; d++) {
      Float16 q = w.get(queries + d);
      int k = first + d;
      sum0 = Float16.add(sum0, Float16.mult(q, Lanes.broadcast(keys.get(k))));
      sum1 = Float16.add(sum1, Float16.mult(q, Lanes.broadcast(keys.get(k + k1))));
      sum2 = Float16.add(sum2, Float16.mult(q, Lanes.broadcast(keys.get(k + k2))));
      sum3 = Float16.add(sum3, Float16.mult(q, Lanes.broadcast(keys.get(k + k3))));
      sum4 = Float16.add(sum4, Float16.mult(q, Lanes.broadcast(keys.get(k + k4))));
      sum5 = Float16.add(sum5, Float16.mult(q, Lanes.broadcast(keys.get(k + k5))));
      sum6 = Float16.add(sum6, Float16.mult(q, Lanes.broadcast(keys.get(k + k6))));
      sum7 = Float16.add(sum7, Float16.mult(q, Lanes.broadcast(keys.get(k + k7))));
      sum8 = Float16.add(sum8, Float16.mult(q, Lanes.broadcast(keys.get(k + k8))));
      sum9 = Float16.add(sum9, Float16.mult(q, Lanes.broadcast(keys.get(k + k9))));
      sum10 = Float16.add(sum10, Float16.mult(q, Lanes.broadcast(keys.get(k + k10))));
      sum11 = Float16.add(sum11, Float16.mult(q, Lanes.broadcast(keys.get(k + k11))));
      sum12 = Float16.add(sum12, Float16.mult(q, Lanes.broadcast(keys.get(k + k12))));
      sum13 = Float16.add(sum13, Float16.mult(q, Lanes.broadcast(keys.get(k + k13))));
      sum14 = Float16.add(sum14, Float16.mult(q, Lanes.broadcast(keys.get(k + k14))));
      sum15 = Float16.add(sum15, Float16.mult(q, Lanes.broadcast(keys.get(k + k15))));
    }
    w.set(scores, sum0);
    w.set(scores + 1, sum1);
    w.set(scores + 2, sum2);
    w.set(scores + 3, sum3);
    w.set(scores + 4, sum4);
    w.set(scores + 5, sum5);
    w.set(scores + 6, sum6);
    w.set(scores + 7, sum7);
    w.set(scores + 8, sum8);
    w.set(scores + 9, sum9);
    w.set(scores + 10, sum10);
    w.set(scores + 11, sum11);
    w.set(scores + 12, sum12);
    w.set(scores + 13, sum13);
    w.set(scores + 14, sum14);
    w.set(scores + 15, sum15);
  }
}
