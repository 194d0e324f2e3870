package dev.gale.validation.reference;

import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.SoftmaxCase;
import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.FastMath;

/**
 * Softmax by rows in double precision. A row with a NaN or +infinity is NaN throughout; a row of -infinity alone is 0
 * throughout.
 *
 * @param probabilities [rows, cols]
 * @param rowMax [rows], the largest logit; NaN in a row with a NaN
 */
// As large as the outputs: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record SoftmaxReference(double[] probabilities, double[] rowMax) {

  /** Computes the reference of a case. */
  public static SoftmaxReference of(SoftmaxCase softmax) {
    SoftmaxShape shape = softmax.shape();
    double[] probabilities = new double[shape.rows() * shape.cols()];
    double[] rowMax = new double[shape.rows()];
    Parallel.forEach(
        shape.rows(),
        row -> {
          double[] scores = new double[shape.cols()];
          for (int j = 0; j < scores.length; j++) {
            scores[j] = softmax.logits().get(row * scores.length + j);
          }
          rowMax[row] = max(scores);
          normalise(scores, rowMax[row]);
          System.arraycopy(scores, 0, probabilities, row * scores.length, scores.length);
        });
    return new SoftmaxReference(probabilities, rowMax);
  }

  /** The largest; NaN if one is NaN. */
  static double max(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    return max;
  }

  /**
   * Replaces scores by probabilities.
   *
   * @return the logarithm of the sum of the scores' exponentials
   */
  static double normalise(double[] scores, double max) {
    if (max == Double.NEGATIVE_INFINITY) {
      Arrays.fill(scores, 0);
      return max;
    }
    for (int j = 0; j < scores.length; j++) {
      scores[j] = FastMath.exp(scores[j] - max);
    }
    double sum = StatUtils.sum(scores);
    for (int j = 0; j < scores.length; j++) {
      scores[j] /= sum;
    }
    return max + FastMath.log(sum);
  }
}
