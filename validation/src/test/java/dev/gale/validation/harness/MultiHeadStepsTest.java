package dev.gale.validation.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.models.linear.LinearWeights;
import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.MultiHeadCase;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.util.FastMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class MultiHeadStepsTest {

  private static final MultiHeadShape SHAPE = new MultiHeadShape(2, 5, 7, 12, 10, 4, 2, 6, 3);

  /** docs/numerics.md: a reference's own roundings are less than 2^-28 of a bound; two references are compared. */
  private static final double OF_A_BOUND = 0x1p-27;

  /**
   * Concat(head_1, ..., head_H) Wo + bo with head_h = softmax(Q_h K_h^T / sqrt(headDim)) V_h and Q_h = X Wq_h + bq_h: each
   * head by weights of its own, cut from the columns, as Vaswani et al. 2017, section 3.2.2, write it.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isTheFormula(boolean causal) {
    MultiHeadOptions options = MultiHeadOptions.of(SHAPE).withAllBiases().withCausal(causal);
    MultiHeadCase layer = MultiHeadCase.cross(SHAPE, options, 5);
    Expected output = new MultiHeadSteps(layer, FloatModel.JAVA).ofInputs().getLast();
    int position = 0;
    for (int batch = 0; batch < SHAPE.batchSize(); batch++) {
      RealMatrix input = matrix(layer.input(), batch, SHAPE.seqLenQ(), SHAPE.modelDim());
      RealMatrix memory = matrix(layer.memory(), batch, SHAPE.seqLenK(), SHAPE.memoryDim());
      RealMatrix concat = new Array2DRowRealMatrix(SHAPE.seqLenQ(), 4 * SHAPE.headDimV());
      for (int h = 0; h < SHAPE.numHeads(); h++) {
        int kvHead = h / 2;
        RealMatrix queries = project(input, layer.weights().query(), h, SHAPE.headDim());
        RealMatrix keys = project(memory, layer.weights().key(), kvHead, SHAPE.headDim());
        RealMatrix values = project(memory, layer.weights().value(), kvHead, SHAPE.headDimV());
        RealMatrix head =
            probabilities(queries.multiply(keys.transpose()), causal).multiply(values);
        concat.setSubMatrix(head.getData(), 0, h * SHAPE.headDimV());
      }
      RealMatrix result = project(concat, layer.weights().output(), 0, SHAPE.modelDim());
      for (double[] row : result.getData()) {
        for (double element : row) {
          assertThat(Math.abs(element - output.reference()[position]))
              .isLessThanOrEqualTo(output.bounds()[position] * OF_A_BOUND);
          position++;
        }
      }
    }
    assertThat(position).isEqualTo(output.reference().length);
  }

  @Test
  void namesEveryStepWithItsDimensions() {
    MultiHeadCase layer = MultiHeadCase.cross(SHAPE, MultiHeadOptions.of(SHAPE), 6);
    List<Expected> steps = new MultiHeadSteps(layer, FloatModel.JAVA).ofInputs();
    assertThat(steps)
        .extracting(Expected::name)
        .containsExactly("queries", "keys", "values", "output");
    assertThat(steps)
        .extracting(Expected::dims)
        .containsExactly(
            List.of(2, 4, 5, 6), List.of(2, 2, 7, 6), List.of(2, 2, 7, 3), List.of(2, 5, 12));
  }

  private static RealMatrix matrix(FloatArray array, int batch, int rows, int cols) {
    RealMatrix matrix = new Array2DRowRealMatrix(rows, cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        matrix.setEntry(i, j, array.get((batch * rows + i) * cols + j));
      }
    }
    return matrix;
  }

  /** x W_h + b_h for the columns of one head. */
  private static RealMatrix project(RealMatrix x, LinearWeights weights, int head, int dim) {
    int rows = x.getColumnDimension();
    RealMatrix all = matrix(weights.weight(), 0, rows, weights.weight().getSize() / rows);
    RealMatrix result = x.multiply(all.getSubMatrix(0, rows - 1, head * dim, head * dim + dim - 1));
    for (int i = 0; i < result.getRowDimension(); i++) {
      for (int j = 0; j < dim; j++) {
        result.addToEntry(i, j, weights.bias().get(head * dim + j));
      }
    }
    return result;
  }

  private static RealMatrix probabilities(RealMatrix products, boolean causal) {
    // The scale is an fp32 number that the layer is given.
    double scale = (float) (1 / Math.sqrt(SHAPE.headDim()));
    RealMatrix probabilities = products.copy();
    for (int i = 0; i < products.getRowDimension(); i++) {
      int seen = causal ? i + SHAPE.seqLenK() - SHAPE.seqLenQ() + 1 : SHAPE.seqLenK();
      double sum = 0;
      for (int j = 0; j < SHAPE.seqLenK(); j++) {
        double weight = j < seen ? FastMath.exp(scale * products.getEntry(i, j)) : 0;
        probabilities.setEntry(i, j, weight);
        sum += weight;
      }
      for (int j = 0; j < SHAPE.seqLenK(); j++) {
        probabilities.multiplyEntry(i, j, 1 / sum);
      }
    }
    return probabilities;
  }
}
