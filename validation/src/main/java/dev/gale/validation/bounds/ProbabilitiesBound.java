package dev.gale.validation.bounds;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.reference.AttentionBlock;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The error of probabilities that are computed anew as exp(score - lse): that of the score, that of the lse that is read,
 * and that of the exponential (docs/numerics.md, "Probabilities").
 */
public final class ProbabilitiesBound {

  private final FloatModel model;
  private final AttentionCase attention;
  private final FloatArray lse;
  private final double[] bounds;

  /**
   * The bounds of a case, to be filled block by block.
   *
   * @param lse [batchSize, numHeads, seqLenQ], what the device reads
   */
  public ProbabilitiesBound(AttentionCase attention, FloatArray lse, FloatModel model) {
    this.model = model;
    this.attention = attention;
    this.lse = lse;
    this.bounds = new double[attention.shape().scoresElements()];
  }

  /** The bound of each probability, once all blocks have been added. */
  public double[] bounds() {
    return bounds;
  }

  /** Fills the bounds of a block's rows; for several threads at once. */
  public void add(AttentionBlock block) {
    AttentionShape shape = attention.shape();
    for (int r = 0; r < block.rows(); r++) {
      if (!Double.isFinite(block.lse(r))) {
        continue;
      }
      int row = block.firstRow() + r;
      RowScores scores = RowScores.of(block, r, shape, attention.options(), model);
      double lseError = Math.abs(lse.get(row) - block.lse(r));
      for (int j = 0; j < block.keys(); j++) {
        if (block.visible(r, j)) {
          double inherited = scores.errors()[j] + lseError;
          bounds[row * shape.seqLenK() + j] =
              MatmulBound.REFERENCE_SLACK * ofProbability(block, r, j, inherited);
        }
      }
    }
  }

  private double ofProbability(AttentionBlock block, int r, int key, double inherited) {
    double probability = block.probabilities(r)[key];
    double absolute = 4 * model.underflow();
    if (probability == 0) {
      return absolute;
    }
    double distance = Math.abs(block.score(r, key) - block.lse(r)) + inherited;
    return probability * SoftmaxRowError.growth(model.logOfExponential(inherited, distance))
        + absolute;
  }
}
