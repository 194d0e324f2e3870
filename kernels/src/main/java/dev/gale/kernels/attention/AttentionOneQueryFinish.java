package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** The last step of {@link AttentionOneQuery}: one result of the parts of the keys. */
public final class AttentionOneQueryFinish {

  private static final int LANES = AttentionOneQuery.LANES;

  private AttentionOneQueryFinish() {}

  /**
   * output[h,:] = sum over parts of f weighted values / sum over parts of f rowSum, lse[h] = max of rowMax + log of that sum; f = LanesExp.exp(rowMax
   * - max of rowMax), from what {@link AttentionOneQuery#attend} leaves.
   *
   * <p>Work items: one a query head.
   *
   * <p>Numerics: fp32; the quotient as a product with 1 / sum. Where the sum or an element of the output is not finite, lse becomes
   * NaN.
   *
   * <p>Cost: 2 FLOP and one load of 4 bytes an element of the output and part of the keys.
   *
   * <p>Preconditions are checked as for {@link AttentionOneQuery#attend}.
   *
   * <p>Source: that of {@link AttentionOneQuery#attend}.
   *
   * @param work as {@link AttentionOneQuery#attend} leaves it, read; maxima are overwritten
   * @param output [heads, headDimV], written
   * @param lse [heads], written
   * @param heads query heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param headDim elements of a query and of a key
   * @param headDimV elements of a value
   * @param splits parts of the keys
   */
  public static void finish(
      FloatArray work,
      FloatArray output,
      FloatArray lse,
      int heads,
      int groupSize,
      int headDim,
      int headDimV,
      int splits) {
    for (@Parallel int h = 0; h < heads; h++) {
      VectorFloat16 w = new VectorFloat16(work);
      VectorFloat16 o = new VectorFloat16(output);
      int columns = headDimV / LANES;
      int stride = AttentionOneQuery.workVectors(headDim, headDimV);
      int next = groupSize * stride;
      int first = h / groupSize * splits * next + h % groupSize * stride;
      int end = first + splits * next;
      Float16 maxima = Lanes.broadcast(-Float.MAX_VALUE);
      for (int part = first; part < end; part += next) {
        maxima = Lanes.larger(maxima, Lanes.computed(w.get(part)));
      }
      Float16 rowMax = Lanes.computed(maxima);
      Float16 sums = Lanes.broadcast(0.0f);
      for (int part = first; part < end; part += next) {
        Float16 factor = LanesExp.exp(Float16.sub(w.get(part), rowMax));
        w.set(part, factor);
        sums = Float16.add(sums, Float16.mult(w.get(part + 1), factor));
      }
      float rowSum = Lanes.total(sums);
      float inverse = 1.0f / rowSum;
      // 0 where the elements are finite, NaN where one is not.
      Float16 notFinite = Lanes.broadcast(0.0f);
      for (int c = 0; c < columns; c++) {
        Float16 sum = new Float16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int part = first; part < end; part += next) {
          sum = Float16.add(sum, Float16.mult(w.get(part + 2 + c), w.get(part)));
        }
        Float16 quotient = Float16.mult(sum, Lanes.broadcast(inverse));
        o.set(h * columns + c, quotient);
        notFinite = Float16.add(notFinite, Float16.mult(quotient, Lanes.broadcast(0.0f)));
      }
      lse.set(h, rowMax.getS0() + (TornadoMath.log(rowSum) + Lanes.total(notFinite)));
    }
  }
}
