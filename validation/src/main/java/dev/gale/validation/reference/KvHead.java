package dev.gale.validation.reference;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One key-value head, as far as some queries see it.
 *
 * @param keys [headDim, seen], transposed
 * @param keyMagnitudes |keys|
 * @param keyNorms [seen], the sum of each key's magnitudes
 * @param values [seen, headDimV], with 0 in place of what is not finite: a product with the probability 0 of an
 *     invisible key would be NaN
 * @param valueMagnitudes |values|
 * @param specials what is not finite in the values
 */
record KvHead(
    RealMatrix keys,
    RealMatrix keyMagnitudes,
    double[] keyNorms,
    RealMatrix values,
    RealMatrix valueMagnitudes,
    List<Special> specials) {

  /** An element of the values that is NaN or infinite. */
  record Special(int key, int col, double value) {}

  /**
   * Reads a head.
   *
   * @param kvHead counted over all batches
   * @param seen how many keys, from the first on
   */
  static KvHead of(AttentionCase attention, int kvHead, int seen) {
    AttentionShape shape = attention.shape();
    int firstKey = kvHead * shape.seqLenK();
    double[][] keys =
        Doubles.columns(attention.keys(), firstKey * shape.headDim(), seen, shape.headDim());
    double[][] keyMagnitudes = Doubles.magnitudes(keys);
    double[] keyNorms = new double[seen];
    for (double[] dimension : keyMagnitudes) {
      for (int j = 0; j < seen; j++) {
        keyNorms[j] += dimension[j];
      }
    }
    FloatArray values = attention.values();
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
    return new KvHead(
        new BlockRealMatrix(keys),
        new BlockRealMatrix(keyMagnitudes),
        keyNorms,
        new BlockRealMatrix(rows),
        new BlockRealMatrix(Doubles.magnitudes(rows)),
        List.copyOf(specials));
  }
}
