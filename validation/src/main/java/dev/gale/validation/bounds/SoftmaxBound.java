package dev.gale.validation.bounds;

import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.reference.SoftmaxReference;
import java.util.stream.IntStream;

/** The error of a softmax by rows in fp32, by any of the algorithms that docs/numerics.md lists under "Softmax". */
public final class SoftmaxBound {

  private SoftmaxBound() {}

  /** The bound of each probability. */
  public static double[] of(SoftmaxCase softmax, SoftmaxReference reference, FloatModel model) {
    double[] bounds = new double[reference.probabilities().length];
    IntStream.range(0, softmax.shape().rows())
        .parallel()
        .forEach(row -> ofRow(softmax, reference, model, row, bounds));
    return bounds;
  }

  private static void ofRow(
      SoftmaxCase softmax, SoftmaxReference reference, FloatModel model, int row, double[] bounds) {
    SoftmaxShape shape = softmax.shape();
    int cols = shape.cols();
    double rowMax = reference.rowMax()[row];
    if (!Double.isFinite(rowMax) || Double.isNaN(reference.probabilities()[row * cols])) {
      return;
    }
    double[] probabilities = new double[cols];
    double[] distances = new double[cols];
    double[] scoreErrors = new double[cols];
    Rescalings rescalings = new Rescalings(cols);
    for (int j = 0; j < cols; j++) {
      double logit = softmax.logits().get(row * cols + j);
      probabilities[j] = reference.probabilities()[row * cols + j];
      distances[j] = rowMax - logit;
      // Of two logits whose difference is taken, each may be flushed.
      scoreErrors[j] = 2 * model.inputFlush();
      rescalings.add(logit, logit);
    }
    SoftmaxRowError error =
        new SoftmaxRowError(model, probabilities, distances, scoreErrors, cols, rescalings.most());
    for (int j = 0; j < cols; j++) {
      bounds[row * cols + j] = MatmulBound.REFERENCE_SLACK * error.ofWeight(j, probabilities[j], 0);
    }
  }
}
