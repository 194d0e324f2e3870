package dev.gale.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledExpTest {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The exponent of what an offset is for. */
  private static final int MIDDLE = 50;

  /** Through floats: a prime, so that low bits vary. */
  private static final int STEP = 9973;

  private static final int STEPS = 20_000;

  @ParameterizedTest
  @ValueSource(floats = {0, 3.3f, -3.3f, -1000.7f, 12_345.6f, -700_000, 720_000})
  void errorStaysWithinTheStatedOne_whereverTheOffsetIs(float center) {
    float offset = ScaledExp.offset(center);
    double worst = 0;
    for (int i = 0; i <= STEPS; i++) {
      float x = (float) (center - 120 + i * (120.0 + 50) / STEPS);
      double exponent = exponent(x, center);
      if (exponent < -126) {
        continue;
      }
      double exact = Math.pow(2, exponent);
      worst = Math.max(worst, Math.abs(exp(x, offset) - exact) / exact);
    }
    assertThat(worst).isPositive().isLessThanOrEqualTo(VectorExp.RELATIVE_ERROR);
  }

  @Test
  void differsByAPowerOfTwo_betweenOffsets() {
    for (int i = 0; i <= STEPS; i++) {
      float x = 40.0f * i / STEPS - 20;
      float shifted = exp(x, ScaledExp.offset(30 * (float) Math.log(2)));
      assertThat(exp(x, ScaledExp.offset(0))).isEqualTo(Math.scalb(shifted, 30));
    }
  }

  @Test
  void isZero_belowTheNormalRange() {
    float offset = ScaledExp.offset(0);
    assertThat(exp(-122.5f, offset)).isZero();
    assertThat(exp(-1e6f, offset)).isZero();
    assertThat(exp(-1e30f, offset)).isZero();
    assertThat(exp(-Float.MAX_VALUE, offset)).isZero();
    assertThat(exp(Float.NEGATIVE_INFINITY, offset)).isZero();
  }

  @Test
  void noSumIsSound_withAResultThatIsTooLargeOrNaN() {
    float offset = ScaledExp.offset(0);
    int last = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    for (int bits = Float.floatToRawIntBits(53.4f); bits < last; bits += STEP) {
      float result = exp(Float.intBitsToFloat(bits), offset);
      assertThat(ScaledExp.isSound(result)).isFalse();
      assertThat(ScaledExp.isSound(result + 1)).isFalse();
    }
    assertThat(ScaledExp.isSound(exp(Float.POSITIVE_INFINITY, offset))).isFalse();
    assertThat(ScaledExp.isSound(exp(Float.NaN, offset))).isFalse();
  }

  @Test
  void isSound_fromOneOn() {
    assertThat(ScaledExp.isSound(0)).isFalse();
    assertThat(ScaledExp.isSound(Math.nextDown(1.0f))).isFalse();
    assertThat(ScaledExp.isSound(1)).isTrue();
    assertThat(ScaledExp.isSound(0x1p100f)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        1e6f,
        -1e30f,
        Float.MAX_VALUE
      })
  void offset_isThatOfZero_whereNoneWouldDo(float x) {
    assertThat(ScaledExp.offset(x)).isEqualTo(ScaledExp.offset(0));
  }

  private static double exponent(float x, float center) {
    double log2e = VectorExp.LOG2_E;
    return x * log2e - Math.rint(center * VectorExp.LOG2_E) + MIDDLE;
  }

  private static float exp(float x, float offset) {
    FloatVector vector = FloatVector.broadcast(SPECIES, x);
    return ScaledExp.exp(vector, FloatVector.broadcast(SPECIES, offset)).lane(SPECIES.length() - 1);
  }
}
