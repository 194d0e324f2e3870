package dev.gale.validation.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.softmax.BlockedSoftmax;
import dev.gale.tasks.softmax.ThreePassSoftmax;
import org.apache.commons.math3.util.FastMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.math.TornadoMath;

class FloatModelTest {

  @ParameterizedTest
  @CsvSource({
    "host,Java",
    "opencl,OpenCL C",
    "spirv,OpenCL C",
    "ptx,PTX",
    "cuda,CUDA C++",
    "metal,Metal",
  })
  void isThatOfTheBackend(String backend, String name) {
    assertThat(FloatModel.of(device(backend)).name()).isEqualTo(name);
  }

  @Test
  void isThatOfTheVectorKernels_whenTheDialectIs() {
    assertThat(FloatModel.of(device("host"), Dialect.VECTOR)).isEqualTo(FloatModel.JAVA_VECTOR);
    assertThat(FloatModel.of(device("host"), Dialect.LOOP)).isEqualTo(FloatModel.JAVA);
  }

  @Test
  void hasTheErrorOfTheExponentialInLanes_whereAVariantUsesIt() {
    FloatModel own = FloatModel.of(device("host"), new BlockedSoftmax());
    assertThat(own.exp()).isEqualTo(new FunctionError(7 * 0x1p-23, 0x1p-23, 0x1p-121));
    assertThat(own.log()).isEqualTo(FloatModel.JAVA.log());
    assertThat(FloatModel.of(device("host"), new ThreePassSoftmax())).isEqualTo(FloatModel.JAVA);
  }

  @Test
  void refusesABackendItDoesNotKnow() {
    assertThatThrownBy(() -> FloatModel.of(device("abacus")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("abacus:0");
  }

  @Test
  void gammaIsInfinite_whenTheAnalysisSaysNothing() {
    assertThat(FloatModel.JAVA.gamma(1)).isGreaterThan(0x1p-24).isLessThan(0x1.000002p-24);
    assertThat(FloatModel.JAVA.gamma(1 << 24)).isInfinite();
  }

  /** What is claimed for Java's exponential and logarithm holds, tried on a million arguments. */
  @Test
  void javaKeepsItsErrors() {
    double exp = FloatModel.JAVA.exp().relative();
    double log = FloatModel.JAVA.log().relative();
    for (int i = 1; i < 1_000_000; i++) {
      float x = -i * 8e-5f;
      double exact = FastMath.exp(x);
      assertThat(Math.abs(TornadoMath.exp(x) - exact) <= exp * exact).as("exp(%s)", x).isTrue();
      float y = 1 + i * 1e-3f;
      double logarithm = FastMath.log(y);
      assertThat(Math.abs(TornadoMath.log(y) - logarithm) <= log * logarithm)
          .as("log(%s)", y)
          .isTrue();
    }
  }

  private static DeviceInfo device(String backend) {
    return new DeviceInfo(
        new DeviceId(backend, 0), "any", DeviceKind.CPU, 1, 1, 1, 1, 1, 16, false, false);
  }
}
