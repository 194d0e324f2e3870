package dev.gale.validation.bounds;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.reference.AttentionBlock;

/**
 * One row of scores as a device may have computed them.
 *
 * @param errors the absolute error of each
 * @param largestError the largest of them
 * @param distances how far each is below the largest score, at most
 * @param terms visible keys
 * @param rescalings how often an online softmax may rescale over them
 */
// As large as the row of scores: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
record RowScores(
    double[] errors, double largestError, double[] distances, int terms, int rescalings) {

  static RowScores of(
      AttentionBlock block,
      int row,
      AttentionShape shape,
      AttentionOptions options,
      FloatModel model) {
    double scale = Math.abs(options.scale());
    // headDim products and additions, and the scale.
    double gamma = model.gamma((long) shape.headDim() + model.scaleRoundings());
    double[] errors = new double[block.keys()];
    double largest = 0;
    int terms = 0;
    Rescalings rescalings = new Rescalings(block.keys());
    for (int j = 0; j < block.keys(); j++) {
      if (!block.visible(row, j)) {
        continue;
      }
      terms++;
      double score = block.score(row, j);
      double flushed = model.inputFlush() * (block.queryNorm(row) + block.keyNorm(j));
      double product =
          gamma * scale * block.magnitude(row, j)
              + scale * block.inheritedScoreError(row, j)
              + (1 + gamma) * scale * (flushed + 2.0 * shape.headDim() * model.underflow())
              + 2 * model.underflow();
      errors[j] =
          options.maskHeads() == 0
              ? product
              : product + ofMask(model, block.bias(row, j), score, product);
      if (score == Double.NEGATIVE_INFINITY) {
        errors[j] = 0;
        rescalings.add(score, score);
      } else {
        rescalings.add(score - errors[j], score + errors[j]);
        largest = Math.max(largest, errors[j]);
      }
    }
    double[] distances = new double[block.keys()];
    for (int j = 0; j < block.keys(); j++) {
      distances[j] = block.rowMax(row) - block.score(row, j) + errors[j] + largest;
    }
    return new RowScores(errors, largest, distances, terms, rescalings.most());
  }

  /** Adding the mask rounds once more; where it is scaled as well, its factor is rounded. */
  private static double ofMask(FloatModel model, double bias, double score, double product) {
    double factor = model.scaleRoundings() > 1 ? model.roundoff() * Math.abs(bias) : 0;
    return factor
        + model.roundoff() * (Math.abs(score) + product + factor)
        + 2 * model.inputFlush();
  }
}
