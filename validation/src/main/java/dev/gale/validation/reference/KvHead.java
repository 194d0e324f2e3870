package dev.gale.validation.reference;

import dev.gale.tasks.attention.AttentionShape;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * One key-value head, as far as some queries see it.
 *
 * @param keys [headDim, seen], transposed
 * @param keyMagnitudes |keys|, with their errors added
 * @param keyNorms [seen], the sum of each key's magnitudes
 * @param values [seen, headDimV], with 0 in place of what is not finite: a product with the probability 0 of an
 *     invisible key would be NaN
 * @param valueMagnitudes |values|, with their errors added
 * @param specials what is not finite in the values
 * @param keyErrors [headDim, seen], transposed; null if the keys are exact
 * @param valueErrors [seen, headDimV]; null if the values are exact
 */
// As large as the keys: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
record KvHead(
    RealMatrix keys,
    RealMatrix keyMagnitudes,
    double[] keyNorms,
    RealMatrix values,
    RealMatrix valueMagnitudes,
    List<Special> specials,
    @Nullable RealMatrix keyErrors,
    @Nullable RealMatrix valueErrors) {

  /** An element of the values that is NaN or infinite. */
  record Special(int key, int col, double value) {}

  /**
   * Reads a head.
   *
   * @param kvHead counted over all batches
   * @param seen how many keys, from the first on
   */
  static KvHead of(AttentionOperands attention, int kvHead, int seen) {
    AttentionShape shape = attention.shape();
    int firstKey = kvHead * shape.seqLenK();
    double[][] keys =
        Doubles.columns(attention.keys(), firstKey * shape.headDim(), seen, shape.headDim());
    double[][] keyMagnitudes = Doubles.magnitudes(keys);
    RealMatrix keyErrors = null;
    if (!attention.keys().isExact()) {
      double[][] errors =
          Doubles.errorColumns(attention.keys(), firstKey * shape.headDim(), seen, shape.headDim());
      Doubles.add(keyMagnitudes, errors);
      keyErrors = new BlockRealMatrix(errors);
    }
    double[] keyNorms = new double[seen];
    for (double[] dimension : keyMagnitudes) {
      for (int j = 0; j < seen; j++) {
        keyNorms[j] += dimension[j];
      }
    }
    Operand values = attention.values();
    double[][] rows = Doubles.rows(values, firstKey * shape.headDimV(), seen, shape.headDimV());
    List<Special> specials = new ArrayList<>();
    for (int j = 0; j < seen; j++) {
      for (int c = 0; c < rows[j].length; c++) {
        if (!Double.isFinite(rows[j][c])) {
          specials.add(new Special(j, c, rows[j][c]));
          rows[j][c] = 0;
        }
      }
    }
    double[][] valueMagnitudes = Doubles.magnitudes(rows);
    RealMatrix valueErrors = null;
    if (!values.isExact()) {
      double[][] errors =
          Doubles.errorRows(values, firstKey * shape.headDimV(), seen, shape.headDimV());
      Doubles.add(valueMagnitudes, errors);
      valueErrors = new BlockRealMatrix(errors);
    }
    return new KvHead(
        new BlockRealMatrix(keys),
        new BlockRealMatrix(keyMagnitudes),
        keyNorms,
        new BlockRealMatrix(rows),
        new BlockRealMatrix(valueMagnitudes),
        List.copyOf(specials),
        keyErrors,
        valueErrors);
  }
}
