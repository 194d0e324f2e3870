package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Products of queries and keys, four by four in registers, for {@link AttentionOneQuery}. */
final class OneQueryScores {

  private OneQueryScores() {}

  /**
   * products[g,j] = queries[g,:] keys[j,:] in 16 lanes, which are still to be added: added at once, they would make the driver
   * multiply in pieces.
   *
   * @param work holds the queries, from vector {@code queries} on, and receives the products, from vector {@code products} on, up to
   *     three more than {@code width}
   * @param first vector of the first key
   * @param width keys
   * @param stride vectors from what belongs to one query to what belongs to the next
   * @param dims vectors of a key
   */
  static void multiply(
      FloatArray work,
      FloatArray keys,
      int queries,
      int products,
      int first,
      int width,
      int groupSize,
      int stride,
      int dims) {
    for (int j = 0; j < width; j += 4) {
      int k0 = first + j * dims;
      int k1 = first + TornadoMath.min(j + 1, width - 1) * dims;
      int k2 = first + TornadoMath.min(j + 2, width - 1) * dims;
      int k3 = first + TornadoMath.min(j + 3, width - 1) * dims;
      for (int g = 0; g < groupSize / 4 * 4; g += 4) {
        four(
            work,
            keys,
            queries + g * stride,
            products + g * stride + j,
            stride,
            dims,
            k0,
            k1,
            k2,
            k3);
      }
      for (int g = groupSize / 4 * 4; g < groupSize; g++) {
        one(work, keys, queries + g * stride, products + g * stride + j, dims, k0, k1, k2, k3);
      }
    }
  }

  private static void four(
      FloatArray work,
      FloatArray keys,
      int q0,
      int to,
      int stride,
      int dims,
      int k0,
      int k1,
      int k2,
      int k3) {
    VectorFloat16 k = new VectorFloat16(keys);
    VectorFloat16 w = new VectorFloat16(work);
    int q1 = q0 + stride;
    int q2 = q1 + stride;
    int q3 = q2 + stride;
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
    for (int d = 0; d < dims; d++) {
      Float16 a = Lanes.computed(k.get(k0 + d));
      Float16 b = Lanes.computed(k.get(k1 + d));
      Float16 c = Lanes.computed(k.get(k2 + d));
      Float16 e = Lanes.computed(k.get(k3 + d));
      Float16 query0 = w.get(q0 + d);
      sum0 = Float16.add(sum0, Float16.mult(a, query0));
      sum1 = Float16.add(sum1, Float16.mult(b, query0));
      sum2 = Float16.add(sum2, Float16.mult(c, query0));
      sum3 = Float16.add(sum3, Float16.mult(e, query0));
      Float16 query1 = w.get(q1 + d);
      sum4 = Float16.add(sum4, Float16.mult(a, query1));
      sum5 = Float16.add(sum5, Float16.mult(b, query1));
      sum6 = Float16.add(sum6, Float16.mult(c, query1));
      sum7 = Float16.add(sum7, Float16.mult(e, query1));
      Float16 query2 = w.get(q2 + d);
      sum8 = Float16.add(sum8, Float16.mult(a, query2));
      sum9 = Float16.add(sum9, Float16.mult(b, query2));
      sum10 = Float16.add(sum10, Float16.mult(c, query2));
      sum11 = Float16.add(sum11, Float16.mult(e, query2));
      Float16 query3 = w.get(q3 + d);
      sum12 = Float16.add(sum12, Float16.mult(a, query3));
      sum13 = Float16.add(sum13, Float16.mult(b, query3));
      sum14 = Float16.add(sum14, Float16.mult(c, query3));
      sum15 = Float16.add(sum15, Float16.mult(e, query3));
    }
    w.set(to, sum0);
    w.set(to + 1, sum1);
    w.set(to + 2, sum2);
    w.set(to + 3, sum3);
    w.set(to + stride, sum4);
    w.set(to + stride + 1, sum5);
    w.set(to + stride + 2, sum6);
    w.set(to + stride + 3, sum7);
    w.set(to + 2 * stride, sum8);
    w.set(to + 2 * stride + 1, sum9);
    w.set(to + 2 * stride + 2, sum10);
    w.set(to + 2 * stride + 3, sum11);
    w.set(to + 3 * stride, sum12);
    w.set(to + 3 * stride + 1, sum13);
    w.set(to + 3 * stride + 2, sum14);
    w.set(to + 3 * stride + 3, sum15);
  }

  private static void one(
      FloatArray work,
      FloatArray keys,
      int query,
      int to,
      int dims,
      int k0,
      int k1,
      int k2,
      int k3) {
    VectorFloat16 k = new VectorFloat16(keys);
    VectorFloat16 w = new VectorFloat16(work);
    Float16 sum0 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum1 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum2 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Float16 sum3 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (int d = 0; d < dims; d++) {
      Float16 q = Lanes.computed(w.get(query + d));
      sum0 = Float16.add(sum0, Float16.mult(q, k.get(k0 + d)));
      sum1 = Float16.add(sum1, Float16.mult(q, k.get(k1 + d)));
      sum2 = Float16.add(sum2, Float16.mult(q, k.get(k2 + d)));
      sum3 = Float16.add(sum3, Float16.mult(q, k.get(k3 + d)));
    }
    w.set(to, sum0);
    w.set(to + 1, sum1);
    w.set(to + 2, sum2);
    w.set(to + 3, sum3);
  }

  /**
   * Adds the lanes of each product of a query, and meanwhile brings what comes next into the cache.
   *
   * @param products vector of the first product
   * @param scores element that the first score goes to
   * @param width products
   * @param values what comes next
   * @param next element of the first of them
   * @param columns lines of a value
   * @param share which part of its lines to touch
   * @param shares of how many parts
   * @return 0, or NaN where a value that was touched is not finite
   */
  static float add(
      FloatArray work,
      int products,
      int scores,
      int width,
      FloatArray values,
      int next,
      int columns,
      int share,
      int shares) {
    VectorFloat16 w = new VectorFloat16(work);
    float touched = 0.0f;
    for (int j = 0; j < width; j++) {
      float score = Lanes.total(w.get(products + j));
      work.set(scores + j, score);
      touched +=
          OneQueryValues.touch(
              values, next + j * columns * AttentionOneQuery.LANES, share, shares, columns);
    }
    return touched;
  }
}
