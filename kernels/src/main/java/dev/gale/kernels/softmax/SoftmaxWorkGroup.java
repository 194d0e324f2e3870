package dev.gale.kernels.softmax;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Softmax by rows, a work-group a row, which reduces in local memory: for devices that share it fast, GPUs. */
public final class SoftmaxWorkGroup {

  /** Work items of a group: a power of two, as the tree reductions need. */
  public static final int GROUP = 256;

  private SoftmaxWorkGroup() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], rowMax[i] = max over j of logits[i,j], rowSum[i] =
   * sum over j of exp(logits[i,j] - rowMax[i]).
   *
   * <p>Work items: {@link #GROUP} a row, one group; item x takes the columns x, x + GROUP, ... The number of rows is
   * the number of groups.
   *
   * <p>Numerics: fp32; the sum by columns of an item in order, then pairwise over the items; the quotient as a product
   * with 1 / rowSum. A NaN or a +infinity in a row makes all of the row NaN. An element of -infinity gives 0; a row of
   * nothing else gives 0 throughout.
   *
   * <p>Cost: 5 FLOP an element; reads the logits twice, writes the probabilities twice and reads them once, 4 bytes
   * each, as far as the caches do not save it; 2 log2(GROUP) + 2 barriers a row.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax}.
   *
   * <p>Source: the definition, shifted by the maximum; the reductions after Harris, "Optimizing parallel reduction in
   * CUDA" (2007), with sequential addressing.
   *
   * @param context the work item's place
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param cols elements that are normalised together
   */
  public static void softmax(
      KernelContext context, FloatArray logits, FloatArray probabilities, int cols) {
    float[] partial = context.allocateFloatLocalArray(GROUP);
    int x = context.localIdx;
    int row = context.groupIdx * cols;

    float max = Float.NEGATIVE_INFINITY;
    for (int j = x; j < cols; j += GROUP) {
      float logit = logits.get(row + j);
      // A comparison rather than max(): OpenCL's drops a NaN, Java's keeps it. The NaN comes back
      // through exp.
      max = logit > max ? logit : max;
    }
    partial[x] = max;
    context.localBarrier();
    for (int half = GROUP / 2; half > 0; half /= 2) {
      if (x < half) {
        float other = partial[x + half];
        partial[x] = other > partial[x] ? other : partial[x];
      }
      context.localBarrier();
    }
    float rowMax = partial[0];
    // Every item has read the maximum before the sums take its place.
    context.localBarrier();

    // Without a shift, -infinity - -infinity would make a row of -infinity NaN.
    float shift = rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax;
    float sum = 0.0f;
    for (int j = x; j < cols; j += GROUP) {
      float exponential = TornadoMath.exp(logits.get(row + j) - shift);
      probabilities.set(row + j, exponential);
      sum += exponential;
    }
    partial[x] = sum;
    context.localBarrier();
    for (int half = GROUP / 2; half > 0; half /= 2) {
      if (x < half) {
        partial[x] += partial[x + half];
      }
      context.localBarrier();
    }
    float rowSum = partial[0];

    float inverse = rowSum == 0.0f ? 0.0f : 1.0f / rowSum;
    for (int j = x; j < cols; j += GROUP) {
      probabilities.set(row + j, probabilities.get(row + j) * inverse);
    }
  }
}
