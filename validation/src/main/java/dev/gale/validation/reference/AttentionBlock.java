package dev.gale.validation.reference;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/** Consecutive query rows of one head, with everything of theirs that a reference or a bound is made of. */
public final class AttentionBlock {

  private final int firstRow;
  private final boolean[][] visible;
  private final double[][] biases;
  private final double[][] scores;
  private final double[][] magnitudes;
  private final double[][] inherited;
  private final double[][] probabilities;
  private final double[] queryNorms;
  private final double[] rowMax;
  private final double[] lse;
  private final KvHead kvHead;

  AttentionBlock(
      int firstRow,
      double[][] queries,
      double[][] queryErrors,
      boolean[][] visible,
      double[][] biases,
      double scale,
      KvHead kvHead) {
    this.firstRow = firstRow;
    this.visible = visible;
    this.biases = biases;
    this.kvHead = kvHead;
    double[][] queryMagnitudes = Doubles.magnitudes(queries);
    scores = Doubles.multiply(queries, kvHead.keys());
    inherited = inheritedScoreErrors(queryMagnitudes, queryErrors, kvHead);
    if (queryErrors.length > 0) {
      Doubles.add(queryMagnitudes, queryErrors);
    }
    magnitudes = Doubles.multiply(queryMagnitudes, kvHead.keyMagnitudes());
    int rows = queries.length;
    probabilities = new double[rows][];
    queryNorms = new double[rows];
    rowMax = new double[rows];
    lse = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (double magnitude : queryMagnitudes[r]) {
        queryNorms[r] += magnitude;
      }
      for (int j = 0; j < scores[r].length; j++) {
        double bias = biases.length == 0 ? 0 : biases[r][j];
        // Not -infinity + NaN: a hidden key's score counts for nothing, whatever it is.
        scores[r][j] = visible[r][j] ? scale * scores[r][j] + bias : Double.NEGATIVE_INFINITY;
      }
      rowMax[r] = SoftmaxReference.max(scores[r]);
      probabilities[r] = scores[r].clone();
      lse[r] = SoftmaxReference.normalise(probabilities[r], rowMax[r]);
    }
  }

  /** The first row's place among the rows of all heads of all batches. */
  public int firstRow() {
    return firstRow;
  }

  public int rows() {
    return scores.length;
  }

  /** How many keys the block looks at; those behind are invisible to all of its rows. */
  public int keys() {
    return kvHead.keyNorms().length;
  }

  public boolean visible(int row, int key) {
    return visible[row][key];
  }

  /** scale q . k + mask; -infinity for an invisible key. */
  public double score(int row, int key) {
    return scores[row][key];
  }

  /** The mask's element; 0 without a mask. */
  public double bias(int row, int key) {
    return biases.length == 0 ? 0 : biases[row][key];
  }

  /** |q| . |k| with the errors of both added, not scaled; elements that are not finite count as 0. */
  public double magnitude(int row, int key) {
    return magnitudes[row][key];
  }

  /** How far q . k, not scaled, moves by the errors of both: dq . (|k| + dk) + |q| . dk. */
  public double inheritedScoreError(int row, int key) {
    return inherited.length == 0 ? 0 : inherited[row][key];
  }

  /** The sum of the magnitudes of a query, with their errors. */
  public double queryNorm(int row) {
    return queryNorms[row];
  }

  /** The sum of the magnitudes of a key, with their errors. */
  public double keyNorm(int key) {
    return kvHead.keyNorms()[key];
  }

  /** The row's probabilities; not to be changed. */
  public double[] probabilities(int row) {
    return probabilities[row];
  }

  /** The largest score; NaN if one is NaN, -infinity if no key is seen. */
  public double rowMax(int row) {
    return rowMax[row];
  }

  /** The logarithm of the sum of the exponentiated scores. */
  public double lse(int row) {
    return lse[row];
  }

  /** The output rows: probabilities times values. */
  public double[][] output() {
    double[][] output = Doubles.multiply(probabilities, kvHead.values());
    for (KvHead.Special special : kvHead.specials()) {
      for (int r = 0; r < output.length; r++) {
        if (visible[r][special.key()]) {
          output[r][special.col()] += probabilities[r][special.key()] * special.value();
        }
      }
    }
    return output;
  }

  /** Weights times the values' magnitudes, with their errors; values that are not finite count as 0. */
  public double[][] weighMagnitudes(double[][] weights) {
    RealMatrix product = new BlockRealMatrix(weights).multiply(kvHead.valueMagnitudes());
    return product.getData();
  }

  /** Whether a visible key of so little probability has a value, in that column, that is not finite. */
  public boolean infiniteTimesLittle(int row, int col, double little) {
    for (KvHead.Special special : kvHead.specials()) {
      if (special.col() == col
          && visible[row][special.key()]
          && probabilities[row][special.key()] < little) {
        return true;
      }
    }
    return false;
  }

  /** How far the output rows move by the errors of the values alone; no rows if the values are exact. */
  public double[][] inheritedOutputErrors() {
    return kvHead.valueErrors() == null
        ? new double[0][]
        : Doubles.multiply(probabilities, kvHead.valueErrors());
  }

  private static double[][] inheritedScoreErrors(
      double[][] queryMagnitudes, double[][] queryErrors, KvHead kvHead) {
    List<double[][]> parts = new ArrayList<>();
    if (queryErrors.length > 0) {
      parts.add(Doubles.multiply(queryErrors, kvHead.keyMagnitudes()));
    }
    if (kvHead.keyErrors() != null) {
      parts.add(Doubles.multiply(queryMagnitudes, kvHead.keyErrors()));
    }
    if (parts.size() == 2) {
      Doubles.add(parts.getFirst(), parts.getLast());
    }
    return parts.isEmpty() ? new double[0][] : parts.getFirst();
  }
}
