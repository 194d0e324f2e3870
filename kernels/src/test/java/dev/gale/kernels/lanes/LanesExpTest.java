package dev.gale.kernels.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

final class LanesExpTest {

  /** Steps through the floats of [-84, -0]: a prime, so that low bits vary. */
  private static final int STEP = 7919;

  @Test
  void errorStaysWithinTheStatedOne_overTheWholeRange() {
    double worst = 0;
    int last = Float.floatToRawIntBits(-84.0f);
    for (int bits = Float.floatToRawIntBits(-0.0f); bits <= last && bits < 0; bits += STEP) {
      float x = Float.intBitsToFloat(bits);
      double exact = Math.exp(x);
      double error = Math.abs(exp(x) - exact) / exact;
      assertThat(Double.isNaN(error)).isFalse();
      worst = Math.max(worst, error / stated(x));
    }
    assertThat(worst).isPositive().isLessThanOrEqualTo(1);
  }

  @Test
  void errorStaysWithinTheStatedOne_nearZero() {
    for (float x = -LanesExp.REACH; x <= LanesExp.REACH; x += 0.00037f) {
      double exact = Math.exp(x) * 0x1p-60;
      double error = Math.abs(near(x) - exact);
      assertThat(error <= stated(x) * exact).as("scaledExp(%s)", x).isTrue();
    }
    assertThat(near(LanesExp.REACH))
        .isCloseTo((float) (Math.exp(42) * 0x1p-60), withPercentage(0.01));
    assertThat(near(0.0f)).isEqualTo(0x1p-60f);
    assertThat(near(Float.NaN)).isNaN();
  }

  @Test
  void losesNoMoreThanStated_whereItBecomesZero() {
    for (float x = -83.0f; x > -90.0f; x -= 0.001f) {
      double exact = Math.exp(x);
      assertThat(Math.abs(exp(x) - exact))
          .isLessThanOrEqualTo(stated(x) * exact + LanesExp.LEAST_RESULT);
    }
    assertThat(exp(-90.0f)).isZero();
    assertThat(exp(-1e30f)).isZero();
    assertThat(exp(-Float.MAX_VALUE)).isZero();
    assertThat(exp(Float.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void isExact_atZero() {
    assertThat(exp(0.0f)).isEqualTo(1.0f);
    assertThat(exp(-0.0f)).isEqualTo(1.0f);
  }

  @Test
  void isNaN_forNaN() {
    assertThat(exp(Float.NaN)).isNaN();
  }

  @Test
  void lanesDoNotMix() {
    Float16 x = Lanes.broadcast(-1.0f);
    x.setS5(-2.0f);
    Float16 y = LanesExp.exp(x);
    for (int lane = 0; lane < 16; lane++) {
      assertThat(y.get(lane)).isEqualTo(exp(lane == 5 ? -2.0f : -1.0f));
    }
  }

  private static double stated(float x) {
    return LanesExp.ULPS * 0x1p-23 + LanesExp.PER_UNIT * Math.abs(x);
  }

  private static float near(float x) {
    return LanesExp.scaledExp(Lanes.broadcast(x)).getS15();
  }

  private static float exp(float x) {
    return LanesExp.exp(Lanes.broadcast(x)).getS15();
  }
}
