package dev.gale.validation.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class JudgeTest {

  @ParameterizedTest
  @CsvSource({
    // value, reference, bound, right
    "1, 1, 0, true",
    "1.5, 1, 0.5, true",
    "1.5, 1, 0.25, false",
    "NaN, 1, Infinity, false",
    "1, 1, NaN, false",
    "Infinity, 1, 1e30, false",
    "NaN, NaN, 0, true",
    "1, NaN, 0, false",
    "Infinity, NaN, 0, false",
    "Infinity, Infinity, 0, true",
    "-Infinity, Infinity, 0, false",
    "3e38, Infinity, 0, false",
    "NaN, Infinity, 0, false",
    // Infinite with an infinite bound: anything that is not finite.
    "NaN, Infinity, Infinity, true",
    "-Infinity, Infinity, Infinity, true",
    "1, Infinity, Infinity, false",
    // Beyond the range of fp32 a number rounds to infinity.
    "Infinity, 1e39, 1e30, true",
    "-Infinity, 1e39, 1e30, false",
    "3e38, 1e39, 1e30, false",
    "Infinity, 3.4e38, 1e38, true",
    "Infinity, 3e38, 1e30, false",
  })
  void comparesOneElement(float value, double reference, double bound, boolean right) {
    Expected expected = expected(List.of(1), new double[] {reference}, new double[] {bound});
    Verdict verdict = Judge.judge("test", expected, FloatArray.fromElements(value));
    assertThat(verdict.passed()).isEqualTo(right);
    assertThat(verdict.outside()).isEqualTo(right ? 0 : 1);
    assertThat(verdict.elements()).isEqualTo(1);
  }

  @Test
  void namesTheFirstElementOutside() {
    Expected expected =
        expected(
            List.of(1, 2, 3),
            new double[] {0, 0, 0, 0, 0, 0.1250001},
            new double[] {1, 1, 1, 1, 0.5, 4.1e-6});
    Verdict verdict =
        Judge.judge(
            "attention on opencl:0",
            expected,
            FloatArray.fromElements(0, 0, 0, 0, 0.25f, 0.1250073f));
    assertThat(verdict.complaint())
        .isEqualTo(
            "attention on opencl:0: output[0,1,2] = 0.1250073, reference 0.1250001, "
                + "|error| 7.2e-6 > bound 4.1e-6; 1 of 6 outside");
    assertThat(verdict.maxError()).isEqualTo(0.25);
    assertThat(verdict.maxBoundRatio()).isEqualTo(Math.abs(0.1250073f - 0.1250001) / 4.1e-6);
  }

  @Test
  void saysWhatIsExpected_whenTheReferenceIsNotFinite() {
    Expected expected = expected(List.of(1), new double[] {Double.NaN}, new double[] {0});
    Verdict verdict = Judge.judge("softmax on host:0", expected, FloatArray.fromElements(1));
    assertThat(verdict.complaint())
        .isEqualTo(
            "softmax on host:0: output[0] = 1.0, reference NaN, expected the same; 1 of 1 outside");
  }

  @Test
  void ratioIsNaN_whenAnElementIsUnwritten() {
    Expected expected = expected(List.of(2), new double[] {1, 1}, new double[] {1, 1});
    Verdict verdict = Judge.judge("test", expected, FloatArray.fromElements(Float.NaN, 1));
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.maxBoundRatio()).isNaN();
  }

  @Test
  void ignoresTheGuardBehindTheOutput() {
    Expected expected = expected(List.of(1), new double[] {1}, new double[] {0});
    assertThat(Judge.judge("test", expected, FloatArray.fromElements(1, Float.NaN)).passed())
        .isTrue();
  }

  @Test
  void addsOutputsUpAndTakesTheWorstRun() {
    Verdict good = new Verdict(10, 0, 1e-7, 0.5, null);
    Verdict bad = new Verdict(5, 2, 1e-3, 7, "bad");
    assertThat(Judge.together(good, bad)).isEqualTo(new Verdict(15, 2, 1e-3, 7, "bad"));
    assertThat(Judge.worst(good, new Verdict(10, 3, 1e-8, 9, "worse")))
        .isEqualTo(new Verdict(10, 3, 1e-7, 9, "worse"));
  }

  private static Expected expected(List<Integer> dims, double[] reference, double[] bounds) {
    return new Expected("output", dims, reference, bounds);
  }
}
