package dev.gale.kernels.layout;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The transposition between token-major and head-major layout, in both directions. */
public final class SwapMiddleAxes {

  private SwapMiddleAxes() {}

  /**
   * output[i,k,j,l] = input[i,j,k,l].
   *
   * <p>Splitting into heads takes [batchSize, seqLen, numHeads, headDim] to [batchSize, numHeads, seqLen, headDim];
   * merging heads is the same with seqLen and numHeads in each other's place.
   *
   * <p>Work items: one a run of {@code inner} neighbouring elements, {@code outer} x {@code first}, {@code second}.
   *
   * <p>Numerics: a copy; every bit pattern arrives as it was, NaN included.
   *
   * <p>Cost: no FLOP; 4 bytes read and 4 written an element.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.layout.HeadsShape} and the operators that use it.
   *
   * <p>Source: Vaswani et al. 2017, section 3.2.2, where heads are separate projections: computing them as column
   * blocks of one projection makes this transposition necessary.
   *
   * @param input [outer, first, second, inner], read
   * @param output [outer, second, first, inner], written; not the same buffer as the input
   * @param outer the axis that stays in front
   * @param first the axis that goes from place 1 to place 2
   * @param second the axis that goes from place 2 to place 1
   * @param inner the axis that stays last
   */
  public static void swap(
      FloatArray input, FloatArray output, int outer, int first, int second, int inner) {
    for (@Parallel int ij = 0; ij < outer * first; ij++) {
      for (@Parallel int k = 0; k < second; k++) {
        int i = ij / first;
        int j = ij - i * first;
        int source = (ij * second + k) * inner;
        int target = ((i * second + k) * first + j) * inner;
        for (int l = 0; l < inner; l++) {
          output.set(target + l, input.get(source + l));
        }
      }
    }
  }
}
