package dev.gale.validation.bounds;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.reference.AttentionBlock;

/**
 * The error of attention in fp32, by any of the algorithms that docs/numerics.md lists under "Attention": the scores'
 * error shifts the exponents, the softmax adds its own, and the output weighs both by the probabilities and |V|.
 */
public final class AttentionBound {

  /**
   * Below this, a probability may be 0 in fp32; times an infinite value it is then NaN, where in double precision it is
   * infinite.
   */
  private static final double MAY_VANISH = 0x1p-100;

  private final FloatModel model;
  private final AttentionShape shape;
  private final AttentionOptions options;
  private final double[] output;
  private final double[] lse;

  /** The bounds of an attention, to be filled block by block. */
  public AttentionBound(AttentionShape shape, AttentionOptions options, FloatModel model) {
    this.model = model;
    this.shape = shape;
    this.options = options;
    this.output = new double[shape.outputElements()];
    this.lse = new double[shape.lseElements()];
  }

  /** The bound of each output element, once all blocks have been added. */
  public double[] output() {
    return output;
  }

  /** The bound of each lse, once all blocks have been added. */
  public double[] lse() {
    return lse;
  }

  /** Fills the bounds of a block's rows; for several threads at once. */
  public void add(AttentionBlock block) {
    double[][] weights = new double[block.rows()][block.keys()];
    int[] rescalings = new int[block.rows()];
    int[] terms = new int[block.rows()];
    for (int r = 0; r < block.rows(); r++) {
      if (!Double.isFinite(block.rowMax(r)) || Double.isNaN(block.lse(r))) {
        continue;
      }
      RowScores scores = RowScores.of(block, r, shape, options, model);
      SoftmaxRowError error =
          new SoftmaxRowError(
              model,
              block.probabilities(r),
              scores.distances(),
              scores.errors(),
              scores.terms(),
              scores.rescalings());
      rescalings[r] = scores.rescalings();
      terms[r] = scores.terms();
      for (int j = 0; j < block.keys(); j++) {
        if (block.visible(r, j)) {
          // One product and the additions: as many roundings as terms.
          weights[r][j] = error.ofWeight(j, block.probabilities(r)[j], scores.terms());
        }
      }
      lse[block.firstRow() + r] = lseBound(block, r, scores, error);
    }
    double[][] weighed = block.weighMagnitudes(weights);
    double[][] inherited = block.inheritedOutputErrors();
    for (int r = 0; r < weighed.length; r++) {
      double underflow =
          4 * model.inputFlush() + 2 * (terms[r] * (rescalings[r] + 1.0) + 3) * model.underflow();
      for (int c = 0; c < shape.headDimV(); c++) {
        double error = weighed[r][c] + (inherited.length == 0 ? 0 : inherited[r][c]);
        output[(block.firstRow() + r) * shape.headDimV() + c] =
            block.infiniteTimesLittle(r, c, MAY_VANISH)
                ? Double.POSITIVE_INFINITY
                : MatmulBound.REFERENCE_SLACK * error + underflow;
      }
    }
  }

  private double lseBound(AttentionBlock block, int r, RowScores scores, SoftmaxRowError error) {
    double exact = block.lse(r);
    double bound = error.ofLog(Math.abs(exact - block.rowMax(r)) + scores.largestError());
    double sum = (model.logRoundoff() + 0x1p-40) * (Math.abs(exact) + bound);
    return bound + sum + model.underflow();
  }
}
