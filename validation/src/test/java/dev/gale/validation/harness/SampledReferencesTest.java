package dev.gale.validation.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.testing.HostDevice;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A sample of rows is judged as the whole would be. */
final class SampledReferencesTest {

  private static final FloatModel MODEL = FloatModel.JAVA;
  private static final long ALL = Long.MAX_VALUE;

  @Test
  void isTheWhole_whenTheWorkAllowsAllRows() {
    MatmulCase matmul = MatmulCase.generated(new MatmulShape(17, 9, 31), 1);
    SampledExpectation sampled = SampledReferences.of(matmul, MODEL, ALL);
    assertThat(sampled.coverage()).isEqualTo("all rows");
    assertThat(sampled.projection()).isNull();
    sameRows(sampled.outputs().getFirst(), MatmulTrials.expected(matmul, MODEL));
  }

  @Test
  void hasTheRowsOfTheWhole_whenMatmulIsSampled() {
    MatmulCase matmul = MatmulCase.generated(new MatmulShape(50, 9, 31), 2);
    SampledExpectation sampled = SampledReferences.of(matmul, MODEL, 10 * 9 * 31);
    assertThat(sampled.coverage()).isEqualTo("10 of 50 rows, all rows by projection");
    assertThat(sampled.outputs().getFirst().rows()).hasSize(10).contains(0, 49);
    sameRows(sampled.outputs().getFirst(), MatmulTrials.expected(matmul, MODEL));
  }

  @Test
  void hasTheRowsOfTheWhole_whenSoftmaxIsSampled() {
    SoftmaxCase softmax = SoftmaxCase.generated(new SoftmaxShape(50, 33), 3);
    SampledExpectation sampled = SampledReferences.of(softmax, MODEL, 10 * 33);
    assertThat(sampled.coverage()).isEqualTo("10 of 50 rows, the others finite");
    sameRows(sampled.outputs().getFirst(), SoftmaxTrials.expected(softmax, MODEL));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hasTheRowsOfTheWhole_whenAttentionIsSampled(boolean causal) {
    AttentionShape shape = new AttentionShape(2, 4, 2, 70, 83, 8, 5);
    AttentionCase attention =
        AttentionCase.generated(shape, AttentionOptions.of(shape).withCausal(causal), 4);
    SampledExpectation sampled = SampledReferences.of(attention, MODEL, 6L * 16 * 83 * 13);
    // The last of the six blocks of 16 rows has six: 70 = 4 x 16 + 6.
    assertThat(sampled.coverage()).endsWith(" of 560 rows, the others finite");
    assertThat(sampled.outputs().getFirst().rows()).contains(0, 559).hasSizeBetween(6 * 6, 96);
    AttentionTrials.expected(attention, MODEL);
    sameRows(sampled.outputs().getFirst(), AttentionTrials.expected(attention, MODEL).getFirst());
    sameRows(sampled.outputs().getLast(), AttentionTrials.expected(attention, MODEL).getLast());
  }

  @Test
  void passesTheReference_whenItIsRoundedToFloats() {
    MatmulCase matmul = MatmulCase.generated(new MatmulShape(50, 9, 31), 2);
    SampledExpectation sampled = SampledReferences.of(matmul, MODEL, 10 * 9 * 31);
    assertThat(sampled.judge("here", rounded(matmul)).passed()).isTrue();
  }

  @Test
  void namesTheElement_whenOneOfASampledRowIsWrong() {
    MatmulCase matmul = MatmulCase.generated(new MatmulShape(50, 9, 31), 2);
    SampledExpectation sampled = SampledReferences.of(matmul, MODEL, 10 * 9 * 31);
    int row = sampled.outputs().getFirst().rows()[3];
    FloatArray c = rounded(matmul);
    c.set(row * 9 + 4, c.get(row * 9 + 4) * 1.001f);
    Verdict verdict = sampled.judge("here", c);
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.complaint()).startsWith("here: c[" + row + "][4] = ").contains("bound");
  }

  @Test
  void findsARowThatWasNotSampled_whenItsElementsAreOfAnother() {
    MatmulCase matmul = MatmulCase.generated(new MatmulShape(50, 9, 31), 2);
    SampledExpectation sampled = SampledReferences.of(matmul, MODEL, 10 * 9 * 31);
    int[] rows = sampled.outputs().getFirst().rows();
    int other =
        IntStream.range(0, 50)
            .filter(i -> IntStream.of(rows).noneMatch(r -> r == i))
            .findFirst()
            .orElseThrow();
    FloatArray c = rounded(matmul);
    c.set(other * 9 + 4, 0);
    Verdict verdict = sampled.judge("here", c);
    assertThat(verdict.outside()).isEqualTo(1);
    assertThat(verdict.complaint()).startsWith("here: c[" + other + "] times random signs = ");
  }

  @Test
  void findsAnElementThatWasNotWritten_whenItsRowWasNotSampled() {
    SoftmaxCase softmax = SoftmaxCase.generated(new SoftmaxShape(50, 33), 3);
    SampledExpectation sampled = SampledReferences.of(softmax, MODEL, 10 * 33);
    double[] whole = SoftmaxTrials.expected(softmax, MODEL).reference();
    FloatArray probabilities = new FloatArray(whole.length);
    IntStream.range(0, whole.length).forEach(i -> probabilities.set(i, (float) whole[i]));
    int[] rows = sampled.outputs().getFirst().rows();
    int other =
        IntStream.range(0, 50)
            .filter(i -> IntStream.of(rows).noneMatch(r -> r == i))
            .findFirst()
            .orElseThrow();
    probabilities.set(other * 33 + 7, Float.NaN);
    assertThat(sampled.judge("here", probabilities).complaint())
        .isEqualTo(
            "here: probabilities["
                + other
                + "][7] = NaN, expected a finite number; 1 of 1650 are not");
  }

  @Test
  void passesAVariant_whenItRunsGuarded() {
    Device device = HostDevice.get();
    MatmulCase matmul = MatmulCase.generated(new MatmulShape(50, 9, 31), 2);
    SampledExpectation sampled = SampledReferences.of(matmul, MODEL, 10 * 9 * 31);
    Verdict verdict =
        SampledRun.run(device, MatmulVariants.catalogue().byId("plain"), matmul, sampled);
    assertThat(verdict.complaint()).isNull();
    assertThat(verdict.elements()).isEqualTo(90);
  }

  private static FloatArray rounded(MatmulCase matmul) {
    double[] whole = MatmulTrials.expected(matmul, MODEL).reference();
    FloatArray c = new FloatArray(whole.length);
    IntStream.range(0, whole.length).forEach(i -> c.set(i, (float) whole[i]));
    return c;
  }

  private static void sameRows(ExpectedRows rows, Expected whole) {
    for (int r = 0; r < rows.rows().length; r++) {
      for (int j = 0; j < rows.rowLength(); j++) {
        int at = rows.rows()[r] * rows.rowLength() + j;
        int sampled = r * rows.rowLength() + j;
        // Sums of doubles in another order of blocks: a few of their roundings apart, far below the
        // bound.
        double roundings = 1e-6 * whole.bounds()[at];
        assertThat(Math.abs(rows.reference()[sampled] - whole.reference()[at]))
            .isLessThanOrEqualTo(roundings);
        assertThat(Math.abs(rows.bounds()[sampled] - whole.bounds()[at]))
            .isLessThanOrEqualTo(1e-6 * whole.bounds()[at]);
      }
    }
  }
}
