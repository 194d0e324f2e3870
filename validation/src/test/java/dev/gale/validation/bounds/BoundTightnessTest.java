package dev.gale.validation.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.AttentionTrials;
import dev.gale.validation.harness.Expected;
import dev.gale.validation.harness.Judge;
import dev.gale.validation.harness.MatmulTrials;
import dev.gale.validation.harness.SoftmaxTrials;
import dev.gale.validation.testing.Inputs;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Bounds hold for the reference itself, rounded, and leave no room for errors that a wrong kernel makes. */
class BoundTightnessTest {

  /** fp16 and bf16 have 11 and 8 significant bits: a result with 12 is not one of fp32 arithmetic. */
  private static final double TWELVE_BITS = 1 + 0x1p-12;

  private static final AttentionShape LONG = new AttentionShape(1, 2, 1, 64, 512, 64, 64);

  static Stream<Expected> outputs() {
    AttentionOptions options = AttentionOptions.of(LONG);
    return Stream.of(FloatModel.JAVA, FloatModel.JAVA_VECTOR, FloatModel.OPENCL)
        .flatMap(
            model ->
                Stream.of(
                    MatmulTrials.expected(
                        MatmulCase.generated(new MatmulShape(64, 64, 256), 1), model),
                    SoftmaxTrials.expected(
                        SoftmaxCase.generated(new SoftmaxShape(16, 512), 2), model),
                    AttentionTrials.expected(attention(options, 3), model).getFirst(),
                    AttentionTrials.expected(attention(options.withCausal(true), 4), model)
                        .getFirst()));
  }

  /** Values of one sign, so that the output is as large as what its error is measured against. */
  private static AttentionCase attention(AttentionOptions options, long seed) {
    AttentionCase normal = AttentionCase.generated(LONG, options, seed);
    return new AttentionCase(
        LONG,
        options,
        normal.queries(),
        normal.keys(),
        Inputs.of(LONG.valuesElements(), i -> Math.abs(normal.values().get(i))),
        normal.mask());
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void admitsTheReferenceRounded(Expected expected) {
    assertThat(Judge.judge("rounded", expected, changed(expected, x -> x)).complaint()).isNull();
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void rejectsAResultOfTwelveBits(Expected expected) {
    assertThat(Judge.judge("12 bits", expected, changed(expected, x -> x * TWELVE_BITS)).outside())
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void rejectsTheResultOfAnotherElement(Expected expected) {
    double[] reference = expected.reference();
    FloatArray shifted =
        Inputs.of(reference.length, i -> reference[i == 0 ? reference.length - 1 : i - 1]);
    long outside = Judge.judge("shifted", expected, shifted).outside();
    assertThat(outside).isGreaterThan(reference.length * 9L / 10);
  }

  /** Half of the elements are known to a thousandth of the largest at least. */
  @ParameterizedTest
  @MethodSource("outputs")
  void isSmallAgainstTheOutputs(Expected expected) {
    double[] bounds = expected.bounds().clone();
    Arrays.sort(bounds);
    double largest = Arrays.stream(expected.reference()).map(Math::abs).max().orElseThrow();
    assertThat(bounds[bounds.length / 2]).isPositive().isLessThan(1e-3 * largest);
  }

  private static FloatArray changed(Expected expected, DoubleUnaryOperator change) {
    double[] reference = expected.reference();
    return Inputs.of(reference.length, i -> change.applyAsDouble(reference[i]));
  }
}
