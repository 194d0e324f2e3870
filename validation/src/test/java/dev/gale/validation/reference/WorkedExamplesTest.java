package dev.gale.validation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.bounds.AttentionBound;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.testing.DoubleModel;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The two examples of attention that everyone starts from, worked out with 40 digits from the fp32 numbers nearest to
 * those of the examples. The bound is that of the same formula in double precision.
 */
class WorkedExamplesTest {

  /** One query over three words. */
  private static final AttentionCase A =
      attention(
          new AttentionShape(1, 1, 1, 1, 3, 2, 2),
          FloatArray.fromElements(1.0f, 0.8f),
          FloatArray.fromElements(0.9f, 0.1f, 0.8f, 0.2f, 0.7f, 0.9f),
          FloatArray.fromElements(1.0f, 0.1f, 0.9f, 0.2f, 0.8f, 0.3f));

  /** The weights of [2,3,1] over [1,2,1] and [1,1,2]; the values are the identity, so that the output is the weights. */
  private static final AttentionCase B =
      attention(
          new AttentionShape(1, 1, 1, 1, 2, 3, 2),
          FloatArray.fromElements(2, 3, 1),
          FloatArray.fromElements(1, 2, 1, 1, 1, 2),
          FloatArray.fromElements(1, 0, 0, 1));

  @Test
  void outputOfOneQueryOverThreeWords() {
    agrees(A, new double[] {0.88910858482146144741, 0.21089141919674381983}, 1.90219953966970481);
  }

  @Test
  void weightsOfOneQueryOverThreeWords() {
    double[] weights = {0.29842551116118965216, 0.29423484748462017758, 0.40733964135419017025};
    double[] probabilities = ProbabilitiesReference.of(A, block -> {}).probabilities();
    for (int j = 0; j < weights.length; j++) {
      assertThat(Math.abs(probabilities[j] - weights[j]))
          .isLessThanOrEqualTo(weights[j] * DoubleModel.MODEL.gamma(32));
    }
  }

  @Test
  void weightsOfOneQueryOverTwoKeys() {
    agrees(B, new double[] {0.76036843808178465471, 0.23963156191821534528}, 5.47010450566815805);
  }

  private static void agrees(AttentionCase attention, double[] output, double lse) {
    AttentionBound bound =
        new AttentionBound(attention.shape(), attention.options(), DoubleModel.MODEL);
    AttentionReference reference =
        AttentionReference.of(AttentionOperands.of(attention), bound::add);
    for (int c = 0; c < output.length; c++) {
      assertThat(Math.abs(reference.output()[c] - output[c]))
          .isLessThanOrEqualTo(bound.output()[c]);
    }
    assertThat(Math.abs(reference.lse()[0] - lse)).isLessThanOrEqualTo(bound.lse()[0]);
  }

  private static AttentionCase attention(
      AttentionShape shape, FloatArray queries, FloatArray keys, FloatArray values) {
    return new AttentionCase(
        shape, AttentionOptions.of(shape), queries, keys, values, AttentionBuffers.noMask());
  }
}
