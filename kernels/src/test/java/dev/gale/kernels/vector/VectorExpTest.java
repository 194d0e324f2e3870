package dev.gale.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

class VectorExpTest {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final float LOWEST = -126.0f;

  /** Steps through the floats of [-126, -0]: a prime, so that low bits vary. */
  private static final int STEP = 997;

  @Test
  void errorStaysWithinTheStatedOne_overTheWholeRange() {
    double worst = 0;
    int last = Float.floatToRawIntBits(LOWEST);
    for (int bits = Float.floatToRawIntBits(-0.0f); bits <= last && bits < 0; bits += STEP) {
      float x = Float.intBitsToFloat(bits);
      double exact = Math.pow(2.0, x);
      double error = Math.abs(exp2(x) - exact) / exact;
      assertThat(Double.isNaN(error)).isFalse();
      worst = Math.max(worst, error);
    }
    assertThat(worst).isPositive().isLessThanOrEqualTo(VectorExp.RELATIVE_ERROR);
  }

  @Test
  void isExact_atZeroAndWholeExponents() {
    assertThat(exp2(0.0f)).isEqualTo(1.0f);
    for (int n = 1; n <= 126; n++) {
      assertThat(exp2(-n)).isEqualTo(Math.scalb(1.0f, -n));
    }
  }

  @Test
  void isZero_belowTheNormalRange() {
    assertThat(exp2(Math.nextDown(LOWEST))).isZero();
    assertThat(exp2(-1e30f)).isZero();
    assertThat(exp2(Float.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void propagatesNaN() {
    assertThat(exp2(Float.NaN)).isNaN();
  }

  private static float exp2(float x) {
    return VectorExp.exp2(FloatVector.broadcast(SPECIES, x)).lane(SPECIES.length() - 1);
  }
}
