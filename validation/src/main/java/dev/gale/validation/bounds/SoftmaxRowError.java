package dev.gale.validation.bounds;

import org.apache.commons.math3.util.FastMath;

/**
 * The error of one row of a softmax in fp32, as the logarithm of computed / exact: each rounding adds at most u / (1 -
 * u) to it (docs/numerics.md, "Softmax").
 */
final class SoftmaxRowError {

  private final FloatModel model;

  /** Terms of the row's sum. */
  private final int terms;

  private final int rescalings;

  /** Per term: of its exponential, rescaled as often as can be, before any summation. */
  private final double[] exponentials;

  private final double denominator;

  /**
   * @param probabilities the row's exact probabilities; 0 where a term does not exist
   * @param distances how far below the maximum each score is, computed or exact, at most
   * @param scoreErrors absolute error of each computed score
   * @param terms how many terms the row has
   * @param rescalings how often a term may be rescaled
   */
  SoftmaxRowError(
      FloatModel model,
      double[] probabilities,
      double[] distances,
      double[] scoreErrors,
      int terms,
      int rescalings) {
    this.model = model;
    this.terms = terms;
    this.rescalings = rescalings;
    double perTerm =
        (1 + rescalings) * FloatModel.toLog(model.exp().relative())
            + rescalings * model.logRoundoff()
            + model.underflow();
    double perDistance = model.logRoundoff() + FloatModel.toLog(model.exp().perUnit());
    double summation = (terms - 1) * model.logRoundoff();
    exponentials = new double[probabilities.length];
    double excess = 2.0 * terms * (rescalings + 1) * model.lostExponential();
    for (int j = 0; j < probabilities.length; j++) {
      if (probabilities[j] > 0) {
        exponentials[j] = perTerm + perDistance * distances[j] + scoreErrors[j];
        excess += Math.min(1, probabilities[j]) * growth(exponentials[j] + summation);
      }
    }
    denominator = FastMath.log1p(excess);
  }

  /** Of the row's sum. */
  double denominator() {
    return denominator;
  }

  /**
   * |computed - exact| of a probability that multiplies on into a sum.
   *
   * @param probability the exact one
   * @param roundings of later products and additions
   */
  double ofWeight(int term, double probability, int roundings) {
    double quotient = FloatModel.toLog(model.division()) + model.logRoundoff();
    double log = exponentials[term] + denominator + quotient + roundings * model.logRoundoff();
    // Neither the exact nor the computed one is above 1 by more than a few roundings.
    double relative = probability > 0 ? Math.min(probability * growth(log), 2) : 0;
    return relative + 4 * (rescalings + 2) * model.lostExponential();
  }

  /** Of log(sum), where the exact one is at most so far from 0. */
  double ofLog(double magnitude) {
    double reach = magnitude + denominator;
    return denominator + model.log().relative() * reach + model.log().absolute();
  }

  int terms() {
    return terms;
  }

  int rescalings() {
    return rescalings;
  }

  /** exp(x) - 1, or slightly more. */
  static double growth(double x) {
    // exp(x) - 1 = x + x^2/2 + x^3/6 + ... < x + 0.51 x^2 up to here.
    return x < 0.01 ? x + 0.51 * x * x : FastMath.expm1(x);
  }
}
