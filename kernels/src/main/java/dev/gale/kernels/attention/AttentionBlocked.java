package dev.gale.kernels.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Attention blocked for vector registers, the lanes of a vector being 16 query rows of a head: maxima, sums and
 * exponentials of rows then need nothing across lanes. For processors behind a TornadoVM backend, in four tasks:
 * {@link #packQueries}, {@link #packKeys}, {@link #attention}, and {@link AttentionRepair} for what is not finite.
 */
public final class AttentionBlocked {

  /** Query rows a work item: the lanes of a vector. */
  public static final int ROWS = 16;

  /** Keys in a panel: so many accumulators share the load of a query vector. */
  public static final int PANEL = 8;

  /** Keys between two looks at the maximum; a multiple of {@link #PANEL}. */
  public static final int KEYS = 64;

  /** Columns of the output that are summed in registers at once. */
  private static final int COLUMNS = 8;

  private AttentionBlocked() {}

  /** Vectors of packed queries: those of the rows, and {@link #ROWS} + 1 that hide keys. */
  public static long packedVectors(int heads, int seqLenQ, int headDim) {
    return (long) heads * Math.ceilDiv(seqLenQ, ROWS) * headDim + ROWS + 1;
  }

  /** Elements of packed keys. */
  public static long packedElements(int kvHeads, int seqLenK, int headDim) {
    return (long) kvHeads * Math.ceilDiv(seqLenK, PANEL) * PANEL * headDim;
  }

  /** Vectors that the work items need to work in: scores, sums, maxima and divisors. */
  public static long workVectors(int heads, int seqLenQ, int headDimV) {
    return (long) heads * Math.ceilDiv(seqLenQ, ROWS) * (KEYS + headDimV + 2);
  }

  /**
   * packed[h,b,d] is the vector of scale queries[h, min(16 b + lane, seqLenQ - 1), d] over the lanes; behind them, for t
   * from 0 to 16, the vector that is -infinity in the lanes below t and 0 in the others.
   *
   * <p>Work items: one a block of 16 rows and an element of them, the last block being that of the vectors that hide.
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
    for (@Parallel int item = 0;
        item < heads * ((seqLenQ + ROWS - 1) / ROWS) * headDim + ROWS + 1;
        item++) {
      int blocks = (seqLenQ + ROWS - 1) / ROWS;
      int hiding = item - heads * blocks * headDim;
      if (hiding < 0) {
        int block = item / headDim;
        int row = block % blocks * ROWS;
        int last = seqLenQ - 1 - row;
        int from = (block / blocks * seqLenQ + row) * headDim + item % headDim;
        packed.set(item, Float16.mult(broadcast(scale), column(queries, from, headDim, last)));
      } else {
        // Steps of -3e38 and 10 overflow to -infinity where the lane is below, and keep its 0
        // elsewhere: a choice by lane is what TornadoVM's compiler fails on.
        packed.set(
            item,
            Float16.mult(
                Float16.mult(
                    new Float16(
                        (float) TornadoMath.min(TornadoMath.max(hiding, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 1, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 2, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 3, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 4, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 5, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 6, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 7, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 8, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 9, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 10, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 11, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 12, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 13, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 14, 0), 1),
                        (float) TornadoMath.min(TornadoMath.max(hiding - 15, 0), 1)),
                    broadcast(-3e38f)),
                broadcast(10.0f)));
      }
    }
  }

  /**
   * packed[g,p,d,j] = keys[g, min(8 p + j, seqLenK - 1), d].
   *
   * <p>Work items: one a panel of 8 keys and an element of them.
   *
   * <p>Numerics: none, elements are copied.
   *
   * <p>Cost: kvHeads seqLenK headDim loads and stores of 4 bytes.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * @param keys [kvHeads, seqLenK, headDim], read
   * @param packed [kvHeads, ceil(seqLenK / 8), headDim, 8], written
   * @param kvHeads key-value heads of all batches
   * @param seqLenK keys a head
   * @param headDim elements of a key
   */
  public static void packKeys(
      FloatArray keys, FloatArray packed, int kvHeads, int seqLenK, int headDim) {
    for (@Parallel int item = 0;
        item < kvHeads * ((seqLenK + PANEL - 1) / PANEL) * headDim;
        item++) {
      int panels = (seqLenK + PANEL - 1) / PANEL;
      int panel = item / headDim;
      int head = panel / panels;
      for (int j = 0; j < PANEL; j++) {
        int key = TornadoMath.min(panel % panels * PANEL + j, seqLenK - 1);
        packed.set(item * PANEL + j, keys.get((head * seqLenK + key) * headDim + item % headDim));
      }
    }
  }

  /**
   * output[h,i,:] = sum over j of p[j] values[g,j,:] / rowSum, p[j] = exp(s[j] - rowMax), s[j] = scale queries[h,i,:] .
   * keys[g,j,:] + mask[h modulo maskHeads,i,j] + (-infinity where j is hidden by causality), rowMax = max of s, rowSum =
   * sum of p, lse[h,i] = rowMax + log(rowSum); g = h / groupSize. Blocks of 64 keys: their scores, eight at a time in
   * registers; the new maximum, the exponentials and their sum; then the products with the values, eight columns at a
   * time in registers, onto the sums scaled by exp(old maximum - new maximum).
   *
   * <p>Work items: one a block of 16 query rows of a head.
   *
   * <p>Numerics: fp32, in the order of the elements and of the keys. What is hidden is hidden by adding -infinity, and
   * its values are multiplied by 0: where a row meets a NaN or an infinity, hidden or not, lse becomes NaN, and {@link
   * AttentionRepair} is to do the row again. Keys that causality hides from all 16 rows are left out. A row that sees
   * no key gives 0 and lse -infinity.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP and one exp a pair of the blocks that are not left out; an element of keys or
   * values that is loaded is used for 16 rows.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}.
   *
   * <p>Source: Dao, "FlashAttention-2", arXiv:2307.08691 (2023), algorithm 1, with rows in lanes and the sums in memory
   * between blocks.
   *
   * @param queries queries as {@link #packQueries} leaves them, read
   * @param keys keys as {@link #packKeys} leaves them, read
   * @param values [heads / groupSize, seqLenK, headDimV], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; unread if maskHeads is 0
   * @param work {@link #workVectors}, written and read
   * @param output [heads, seqLenQ, headDimV], written
   * @param lse [heads, seqLenQ], written
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenQ queries a head
   * @param seqLenK keys a head
   * @param headDim elements of a query and of a key
   * @param headDimV elements of a value
   * @param causal 1 if query i sees key j only when j &lt;= i + seqLenK - seqLenQ, else 0
   * @param maskHeads heads of the mask; 0 for none
   */
  public static void attention(
      VectorFloat16 queries,
      FloatArray keys,
      FloatArray values,
      FloatArray mask,
      VectorFloat16 work,
      FloatArray output,
      FloatArray lse,
      int heads,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      int causal,
      int maskHeads) {
    for (@Parallel int item = 0; item < heads * ((seqLenQ + ROWS - 1) / ROWS); item++) {
      int blocks = (seqLenQ + ROWS - 1) / ROWS;
      int h = item / blocks;
      int row = item % blocks * ROWS;
      int lastRow = seqLenQ - 1 - row;
      int hiding = heads * blocks * headDim;
      int scores = item * (KEYS + headDimV + 2);
      int sums = scores + KEYS;
      int maxima = sums + headDimV;
      int divisors = maxima + 1;
      int firstKey = h / groupSize * seqLenK;
      int firstPanel = h / groupSize * ((seqLenK + PANEL - 1) / PANEL);
      int maskRow = 0;
      if (maskHeads > 0) {
        maskRow = (h % maskHeads * seqLenQ + row) * seqLenK;
      }
      int keysSeen = seqLenK;
      int firstHidden = seqLenK;
      if (causal != 0) {
        firstHidden = row + seqLenK - seqLenQ + 1;
        keysSeen = TornadoMath.min(seqLenK, firstHidden + ROWS - 1);
      }
      for (int c = 0; c < headDimV + 2; c++) {
        work.set(sums + c, new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
      }
      work.set(maxima, broadcast(Float.NEGATIVE_INFINITY));
      for (int from = 0; from < keysSeen; from += KEYS) {
        int width = TornadoMath.min(KEYS, keysSeen - from);
        for (int j = 0; j < width; j += PANEL) {
          Float16 sum0 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum1 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum2 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum3 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum4 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum5 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum6 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          Float16 sum7 = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
          for (int d = 0; d < headDim; d++) {
            Float16 q = queries.get(item * headDim + d);
            int k = ((firstPanel + (from + j) / PANEL) * headDim + d) * PANEL;
            sum0 = Float16.add(sum0, Float16.mult(q, broadcast(keys.get(k))));
            sum1 = Float16.add(sum1, Float16.mult(q, broadcast(keys.get(k + 1))));
            sum2 = Float16.add(sum2, Float16.mult(q, broadcast(keys.get(k + 2))));
            sum3 = Float16.add(sum3, Float16.mult(q, broadcast(keys.get(k + 3))));
            sum4 = Float16.add(sum4, Float16.mult(q, broadcast(keys.get(k + 4))));
            sum5 = Float16.add(sum5, Float16.mult(q, broadcast(keys.get(k + 5))));
            sum6 = Float16.add(sum6, Float16.mult(q, broadcast(keys.get(k + 6))));
            sum7 = Float16.add(sum7, Float16.mult(q, broadcast(keys.get(k + 7))));
          }
          work.set(scores + j, sum0);
          work.set(scores + j + 1, sum1);
          work.set(scores + j + 2, sum2);
          work.set(scores + j + 3, sum3);
          work.set(scores + j + 4, sum4);
          work.set(scores + j + 5, sum5);
          work.set(scores + j + 6, sum6);
          work.set(scores + j + 7, sum7);
        }
        if (causal != 0) {
          for (int j = TornadoMath.max(firstHidden - from, 0); j < width; j++) {
            // So many lanes, counted from the first row, do not see the key.
            int lanes = from + j - firstHidden + 1;
            work.set(scores + j, Float16.add(work.get(scores + j), queries.get(hiding + lanes)));
          }
        }
        if (maskHeads > 0) {
          for (int j = 0; j < width; j++) {
            work.set(
                scores + j,
                Float16.add(
                    work.get(scores + j), column(mask, maskRow + from + j, seqLenK, lastRow)));
          }
        }
        Float16 oldMax = work.get(maxima);
        Float16 newMax = oldMax;
        for (int j = 0; j < width; j++) {
          newMax = larger(newMax, work.get(scores + j));
        }
        work.set(maxima, newMax);
        // Until a score is above -infinity, the shift is finite: -infinity - -infinity would be
        // NaN.
        Float16 shift = larger(newMax, broadcast(-Float.MAX_VALUE));
        Float16 correction = exp(Float16.sub(oldMax, shift));
        Float16 rowSum = Float16.mult(work.get(divisors), correction);
        for (int j = 0; j < width; j++) {
          Float16 p = exp(Float16.sub(work.get(scores + j), shift));
          work.set(scores + j, p);
          rowSum = Float16.add(rowSum, p);
        }
        work.set(divisors, rowSum);
        for (int c = 0; c < headDimV - COLUMNS + 1; c += COLUMNS) {
          Float16 sum0 = Float16.mult(work.get(sums + c), correction);
          Float16 sum1 = Float16.mult(work.get(sums + c + 1), correction);
          Float16 sum2 = Float16.mult(work.get(sums + c + 2), correction);
          Float16 sum3 = Float16.mult(work.get(sums + c + 3), correction);
          Float16 sum4 = Float16.mult(work.get(sums + c + 4), correction);
          Float16 sum5 = Float16.mult(work.get(sums + c + 5), correction);
          Float16 sum6 = Float16.mult(work.get(sums + c + 6), correction);
          Float16 sum7 = Float16.mult(work.get(sums + c + 7), correction);
          for (int j = 0; j < width; j++) {
            Float16 p = work.get(scores + j);
            int v = (firstKey + from + j) * headDimV + c;
            sum0 = Float16.add(sum0, Float16.mult(p, broadcast(values.get(v))));
            sum1 = Float16.add(sum1, Float16.mult(p, broadcast(values.get(v + 1))));
            sum2 = Float16.add(sum2, Float16.mult(p, broadcast(values.get(v + 2))));
            sum3 = Float16.add(sum3, Float16.mult(p, broadcast(values.get(v + 3))));
            sum4 = Float16.add(sum4, Float16.mult(p, broadcast(values.get(v + 4))));
            sum5 = Float16.add(sum5, Float16.mult(p, broadcast(values.get(v + 5))));
            sum6 = Float16.add(sum6, Float16.mult(p, broadcast(values.get(v + 6))));
            sum7 = Float16.add(sum7, Float16.mult(p, broadcast(values.get(v + 7))));
          }
          work.set(sums + c, sum0);
          work.set(sums + c + 1, sum1);
          work.set(sums + c + 2, sum2);
          work.set(sums + c + 3, sum3);
          work.set(sums + c + 4, sum4);
          work.set(sums + c + 5, sum5);
          work.set(sums + c + 6, sum6);
          work.set(sums + c + 7, sum7);
        }
        for (int c = headDimV / COLUMNS * COLUMNS; c < headDimV; c++) {
          Float16 sum = Float16.mult(work.get(sums + c), correction);
          for (int j = 0; j < width; j++) {
            float v = values.get((firstKey + from + j) * headDimV + c);
            sum = Float16.add(sum, Float16.mult(work.get(scores + j), broadcast(v)));
          }
          work.set(sums + c, sum);
        }
      }
      // A row that has seen a key above -infinity has a sum of at least 1, but for rounding.
      Float16 total = work.get(divisors);
      Float16 divisor = larger(total, broadcast(0.5f));
      int to = (h * seqLenQ + row) * headDimV;
      for (int c = 0; c < headDimV; c++) {
        Float16 quotient = Float16.div(work.get(sums + c), divisor);
        store(output, to + c, headDimV, quotient, lastRow);
        // 0 where the element is finite, NaN where it is not.
        total =
            Float16.add(
                total,
                Float16.mult(
                    quotient, new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
      }
      Float16 rowMax = larger(work.get(maxima), broadcast(-Float.MAX_VALUE));
      store(lse, h * seqLenQ + row, 1, Float16.add(rowMax, log(total)), lastRow);
    }
  }

  /** A vector product by a vector stays one instruction; one by a scalar comes out as sixteen. */
  private static Float16 broadcast(float x) {
    return new Float16(x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x);
  }

  /** Sixteen elements, a stride apart, the last one repeated. */
  private static Float16 column(FloatArray matrix, int from, int stride, int last) {
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

  private static Float16 larger(Float16 a, Float16 b) {
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

  private static Float16 exp(Float16 x) {
    return new Float16(
        TornadoMath.exp(x.getS0()),
        TornadoMath.exp(x.getS1()),
        TornadoMath.exp(x.getS2()),
        TornadoMath.exp(x.getS3()),
        TornadoMath.exp(x.getS4()),
        TornadoMath.exp(x.getS5()),
        TornadoMath.exp(x.getS6()),
        TornadoMath.exp(x.getS7()),
        TornadoMath.exp(x.getS8()),
        TornadoMath.exp(x.getS9()),
        TornadoMath.exp(x.getS10()),
        TornadoMath.exp(x.getS11()),
        TornadoMath.exp(x.getS12()),
        TornadoMath.exp(x.getS13()),
        TornadoMath.exp(x.getS14()),
        TornadoMath.exp(x.getS15()));
  }

  private static Float16 log(Float16 x) {
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

  private static void store(FloatArray to, int at, int stride, Float16 x, int last) {
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
}
