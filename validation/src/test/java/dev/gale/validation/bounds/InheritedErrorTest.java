package dev.gale.validation.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.reference.AttentionOperands;
import dev.gale.validation.reference.AttentionReference;
import dev.gale.validation.reference.MatmulReference;
import dev.gale.validation.reference.Operand;
import dev.gale.validation.testing.Inputs;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What an operator inherits from operands that are only known within their errors, in an arithmetic without roundings:
 * whatever the operands are within their errors, the result is within the bound.
 */
class InheritedErrorTest {

  private static final FunctionError NONE = new FunctionError(0, 0, 0);

  private static final FloatModel EXACT = new FloatModel("exact", 0, 0, 0, 0, NONE, NONE, 1);

  /** What rounding in double precision, of the references compared here, may add. */
  private static final double OF_DOUBLES = 0x1p-40;

  @ParameterizedTest
  @ValueSource(doubles = {1e-7, 1e-3, 2.0})
  void boundsAMatmul_andIsAttained(double size) {
    MatmulShape shape = new MatmulShape(7, 5, 19);
    double[] a = normal(shape.m() * shape.k(), 1);
    double[] errors = errors(a.length, size, 2);
    FloatArray b = Inputs.normal(shape.k() * shape.n(), 3);
    Operand operand = Operand.computed(a, errors);
    MatmulReference reference = MatmulReference.of(shape, operand, b);
    double[] bounds = MatmulBound.of(shape, operand, b, reference, EXACT);
    for (int column = 0; column < shape.n(); column++) {
      // The signs that move every element of this column upwards.
      double[] worst = a.clone();
      for (int at = 0; at < a.length; at++) {
        float factor = b.get(at % shape.k() * shape.n() + column);
        worst[at] += Math.copySign(errors[at], factor);
      }
      double[] moved = MatmulReference.of(shape, exact(worst), b).product();
      for (int at = 0; at < moved.length; at++) {
        double distance = Math.abs(moved[at] - reference.product()[at]);
        assertThat(distance).isLessThanOrEqualTo(bounds[at]);
        if (at % shape.n() == column) {
          assertThat(distance).isGreaterThan(bounds[at] / MatmulBound.REFERENCE_SLACK - OF_DOUBLES);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-3, 0.1, 3.0})
  void boundsAttention(double size) {
    AttentionShape shape = new AttentionShape(2, 4, 2, 5, 9, 6, 3);
    AttentionOptions options = AttentionOptions.of(shape).withCausal(true);
    double[] queries = normal(shape.queriesElements(), 4);
    double[] keys = normal(shape.keysElements(), 5);
    double[] values = normal(shape.valuesElements(), 6);
    double[] queryErrors = errors(queries.length, size, 7);
    double[] keyErrors = errors(keys.length, size, 8);
    double[] valueErrors = errors(values.length, size, 9);
    AttentionBound bound = new AttentionBound(shape, options, EXACT);
    AttentionReference reference =
        AttentionReference.of(
            operands(
                shape,
                options,
                Operand.computed(queries, queryErrors),
                Operand.computed(keys, keyErrors),
                Operand.computed(values, valueErrors)),
            bound::add);
    Random random = new Random(10);
    double closest = 0;
    for (int round = 0; round < 200; round++) {
      AttentionReference moved =
          AttentionReference.of(
              operands(
                  shape,
                  options,
                  exact(moved(queries, queryErrors, random)),
                  exact(moved(keys, keyErrors, random)),
                  exact(moved(values, valueErrors, random))),
              block -> {});
      for (int at = 0; at < reference.output().length; at++) {
        double distance = Math.abs(moved.output()[at] - reference.output()[at]);
        assertThat(distance).isLessThanOrEqualTo(bound.output()[at] + OF_DOUBLES);
        closest = Math.max(closest, distance / bound.output()[at]);
      }
      for (int at = 0; at < reference.lse().length; at++) {
        double distance = Math.abs(moved.lse()[at] - reference.lse()[at]);
        assertThat(distance).isLessThanOrEqualTo(bound.lse()[at] + OF_DOUBLES);
      }
    }
    // The bound says something: chance alone comes within a factor of ten of it.
    assertThat(closest).isGreaterThan(0.1);
  }

  @Test
  void isNothing_whenTheOperandsHaveNoErrors() {
    AttentionShape shape = AttentionShape.self(1, 2, 5, 4);
    AttentionOptions options = AttentionOptions.of(shape);
    AttentionBound bound = new AttentionBound(shape, options, EXACT);
    AttentionReference.of(
        operands(
            shape,
            options,
            exact(normal(shape.queriesElements(), 11)),
            exact(normal(shape.keysElements(), 12)),
            exact(normal(shape.valuesElements(), 13))),
        bound::add);
    assertThat(bound.output()).containsOnly(0.0);
  }

  private static AttentionOperands operands(
      AttentionShape shape, AttentionOptions options, Operand q, Operand k, Operand v) {
    return new AttentionOperands(shape, options, q, k, v, AttentionBuffers.noMask());
  }

  private static Operand exact(double[] values) {
    return Operand.computed(values, new double[values.length]);
  }

  private static double[] normal(int elements, long seed) {
    Random random = new Random(seed);
    double[] numbers = new double[elements];
    Arrays.setAll(numbers, i -> random.nextGaussian());
    return numbers;
  }

  private static double[] errors(int elements, double size, long seed) {
    Random random = new Random(seed);
    double[] errors = new double[elements];
    Arrays.setAll(errors, i -> size * random.nextDouble());
    return errors;
  }

  /** Each number moved by its whole error, up or down. */
  private static double[] moved(double[] numbers, double[] errors, Random random) {
    double[] moved = numbers.clone();
    for (int at = 0; at < moved.length; at++) {
      moved[at] += random.nextBoolean() ? errors[at] : -errors[at];
    }
    return moved;
  }
}
