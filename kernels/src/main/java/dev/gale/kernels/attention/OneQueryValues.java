package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Sums of values times weights, four queries by four vectors in registers, for {@link AttentionOneQuery}. */
final class OneQueryValues {

  private OneQueryValues() {}

  /**
   * sums = sums factor + sum over j of weights[j] values[j,:], for four queries; meanwhile what comes next is brought into the
   * cache.
   *
   * @param work sums, factor and weights
   * @param own vector of the factor of the first of the queries; its sums are behind the next one
   * @param weights vector of the weights of the first of the queries
   * @param stride vectors from what belongs to one query to what belongs to the next
   * @param first vector of the first value
   * @param width values
   * @param columns vectors of a value
   * @param keys what comes next
   * @param next element of the first next key
   * @param dims lines of a key
   * @param share which part of its lines to touch
   * @param shares of how many parts
   * @return 0, or NaN where a key that was touched is not finite
   */
  static float four(
      FloatArray values,
      FloatArray work,
      int own,
      int weights,
      int stride,
      int first,
      int width,
      int columns,
      FloatArray keys,
      int next,
      int dims,
      int share,
      int shares) {
    VectorFloat16 v = new VectorFloat16(values);
    VectorFloat16 w = new VectorFloat16(work);
    float touched = 0.0f;
    int p0 = weights * AttentionOneQuery.LANES;
    int p1 = p0 + stride * AttentionOneQuery.LANES;
    int p2 = p1 + stride * AttentionOneQuery.LANES;
    int p3 = p2 + stride * AttentionOneQuery.LANES;
    for (int c = 0; c < columns / 4 * 4; c += 4) {
      int s0 = own + 2 + c;
      int s1 = s0 + stride;
      int s2 = s1 + stride;
      int s3 = s2 + stride;
      Float16 factor0 = w.get(own);
      Float16 sum0 = Float16.mult(w.get(s0), factor0);
      Float16 sum1 = Float16.mult(w.get(s0 + 1), factor0);
      Float16 sum2 = Float16.mult(w.get(s0 + 2), factor0);
      Float16 sum3 = Float16.mult(w.get(s0 + 3), factor0);
      Float16 factor1 = w.get(own + stride);
      Float16 sum4 = Float16.mult(w.get(s1), factor1);
      Float16 sum5 = Float16.mult(w.get(s1 + 1), factor1);
      Float16 sum6 = Float16.mult(w.get(s1 + 2), factor1);
      Float16 sum7 = Float16.mult(w.get(s1 + 3), factor1);
      Float16 factor2 = w.get(own + 2 * stride);
      Float16 sum8 = Float16.mult(w.get(s2), factor2);
      Float16 sum9 = Float16.mult(w.get(s2 + 1), factor2);
      Float16 sum10 = Float16.mult(w.get(s2 + 2), factor2);
      Float16 sum11 = Float16.mult(w.get(s2 + 3), factor2);
      Float16 factor3 = w.get(own + 3 * stride);
      Float16 sum12 = Float16.mult(w.get(s3), factor3);
      Float16 sum13 = Float16.mult(w.get(s3 + 1), factor3);
      Float16 sum14 = Float16.mult(w.get(s3 + 2), factor3);
      Float16 sum15 = Float16.mult(w.get(s3 + 3), factor3);
      for (int j = 0; j < width; j++) {
        int at = first + j * columns + c;
        Float16 a = v.get(at);
        Float16 b = v.get(at + 1);
        Float16 d = v.get(at + 2);
        Float16 e = v.get(at + 3);
        if (c == 0) {
          touched += touch(keys, next + j * dims * AttentionOneQuery.LANES, share, shares, dims);
        }
        Float16 weight0 = Lanes.broadcast(work.get(p0 + j));
        sum0 = Float16.add(sum0, Float16.mult(weight0, a));
        sum1 = Float16.add(sum1, Float16.mult(weight0, b));
        sum2 = Float16.add(sum2, Float16.mult(weight0, d));
        sum3 = Float16.add(sum3, Float16.mult(weight0, e));
        Float16 weight1 = Lanes.broadcast(work.get(p1 + j));
        sum4 = Float16.add(sum4, Float16.mult(weight1, a));
        sum5 = Float16.add(sum5, Float16.mult(weight1, b));
        sum6 = Float16.add(sum6, Float16.mult(weight1, d));
        sum7 = Float16.add(sum7, Float16.mult(weight1, e));
        Float16 weight2 = Lanes.broadcast(work.get(p2 + j));
        sum8 = Float16.add(sum8, Float16.mult(weight2, a));
        sum9 = Float16.add(sum9, Float16.mult(weight2, b));
        sum10 = Float16.add(sum10, Float16.mult(weight2, d));
        sum11 = Float16.add(sum11, Float16.mult(weight2, e));
        Float16 weight3 = Lanes.broadcast(work.get(p3 + j));
        sum12 = Float16.add(sum12, Float16.mult(weight3, a));
        sum13 = Float16.add(sum13, Float16.mult(weight3, b));
        sum14 = Float16.add(sum14, Float16.mult(weight3, d));
        sum15 = Float16.add(sum15, Float16.mult(weight3, e));
      }
      w.set(s0, sum0);
      w.set(s0 + 1, sum1);
      w.set(s0 + 2, sum2);
      w.set(s0 + 3, sum3);
      w.set(s1, sum4);
      w.set(s1 + 1, sum5);
      w.set(s1 + 2, sum6);
      w.set(s1 + 3, sum7);
      w.set(s2, sum8);
      w.set(s2 + 1, sum9);
      w.set(s2 + 2, sum10);
      w.set(s2 + 3, sum11);
      w.set(s3, sum12);
      w.set(s3 + 1, sum13);
      w.set(s3 + 2, sum14);
      w.set(s3 + 3, sum15);
    }
    for (int g = 0; g < 4; g++) {
      rest(
          values,
          work,
          own + g * stride,
          p0 + g * stride * AttentionOneQuery.LANES,
          first,
          width,
          columns);
    }
    return touched;
  }

  /** The same for one query. */
  static float one(
      FloatArray values,
      FloatArray work,
      int own,
      int weights,
      int first,
      int width,
      int columns,
      FloatArray keys,
      int next,
      int dims,
      int share,
      int shares) {
    VectorFloat16 v = new VectorFloat16(values);
    VectorFloat16 w = new VectorFloat16(work);
    float touched = 0.0f;
    int p = weights * AttentionOneQuery.LANES;
    Float16 factor = w.get(own);
    for (int c = 0; c < columns / 4 * 4; c += 4) {
      int sums = own + 2 + c;
      Float16 sum0 = Float16.mult(w.get(sums), factor);
      Float16 sum1 = Float16.mult(w.get(sums + 1), factor);
      Float16 sum2 = Float16.mult(w.get(sums + 2), factor);
      Float16 sum3 = Float16.mult(w.get(sums + 3), factor);
      for (int j = 0; j < width; j++) {
        int at = first + j * columns + c;
        if (c == 0) {
          touched += touch(keys, next + j * dims * AttentionOneQuery.LANES, share, shares, dims);
        }
        Float16 weight = Lanes.broadcast(work.get(p + j));
        sum0 = Float16.add(sum0, Float16.mult(weight, v.get(at)));
        sum1 = Float16.add(sum1, Float16.mult(weight, v.get(at + 1)));
        sum2 = Float16.add(sum2, Float16.mult(weight, v.get(at + 2)));
        sum3 = Float16.add(sum3, Float16.mult(weight, v.get(at + 3)));
      }
      w.set(sums, sum0);
      w.set(sums + 1, sum1);
      w.set(sums + 2, sum2);
      w.set(sums + 3, sum3);
    }
    rest(values, work, own, p, first, width, columns);
    return touched;
  }

  /** The columns behind the fours, of one query. */
  private static void rest(
      FloatArray values, FloatArray work, int own, int p, int first, int width, int columns) {
    VectorFloat16 v = new VectorFloat16(values);
    VectorFloat16 w = new VectorFloat16(work);
    for (int c = columns / 4 * 4; c < columns; c++) {
      Float16 sum = Float16.mult(w.get(own + 2 + c), w.get(own));
      for (int j = 0; j < width; j++) {
        Float16 weight = Lanes.broadcast(work.get(p + j));
        sum = Float16.add(sum, Float16.mult(weight, v.get(first + j * columns + c)));
      }
      w.set(own + 2 + c, sum);
    }
  }

  /**
   * Reads one element of a part of some lines.
   *
   * @return 0, or NaN where one is not finite
   */
  static float touch(FloatArray from, int first, int share, int shares, int lines) {
    float sum = 0.0f;
    int count = (lines + shares - 1) / shares;
    for (int t = 0; t < count; t++) {
      sum +=
          from.get(first + TornadoMath.min(share * count + t, lines - 1) * AttentionOneQuery.LANES);
    }
    return sum * 0.0f;
  }
}
