package dev.gale.validation.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.harness.Expected;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.harness.MatmulTrials;
import dev.gale.validation.harness.Trial;
import dev.gale.validation.testing.HostDevice;
import dev.gale.validation.testing.Inputs;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class MatmulPropertiesTest {

  private static final int TRIES = 20;

  @Provide
  Arbitrary<MatmulVariant> variants() {
    return Arbitraries.of(MatmulVariants.catalogue().runningOn(HostDevice.get().info()));
  }

  @Property(tries = TRIES)
  void matchesReference_whateverTheShape(
      @ForAll("variants") MatmulVariant variant,
      @ForAll @IntRange(min = 1, max = 70) int m,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @IntRange(min = 1, max = 70) int k,
      @ForAll long seed) {
    MatmulCase matmul = MatmulCase.generated(new MatmulShape(m, n, k), seed);
    assertThat(run(variant, matmul).verdict().complaint()).isNull();
  }

  @Property(tries = TRIES)
  void productWithTheIdentityIsExact(
      @ForAll("variants") MatmulVariant variant,
      @ForAll @IntRange(min = 1, max = 50) int m,
      @ForAll @IntRange(min = 1, max = 50) int n,
      @ForAll long seed) {
    FloatArray a = Inputs.normal(m * n, seed);
    FloatArray identity = Inputs.of(n * n, i -> i / n == i % n ? 1 : 0);
    Trial trial = run(variant, new MatmulCase(new MatmulShape(m, n, n), a, identity));
    assertThat(c(trial).toHeapArray()).containsExactly(a.toHeapArray());
  }

  @Property(tries = TRIES)
  void twiceAFactorIsTwiceTheProduct(
      @ForAll("variants") MatmulVariant variant,
      @ForAll @IntRange(min = 1, max = 40) int m,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll long seed) {
    MatmulCase once = MatmulCase.generated(new MatmulShape(m, n, k), seed);
    FloatArray doubled = Inputs.of(m * k, i -> 2 * once.a().get(i));
    FloatArray expected = c(run(variant, once));
    FloatArray actual = c(run(variant, new MatmulCase(once.shape(), doubled, once.b())));
    for (int i = 0; i < expected.getSize(); i++) {
      assertThat(actual.get(i)).isEqualTo(2 * expected.get(i));
    }
  }

  @Property(tries = TRIES)
  void transposesWithItsFactors(
      @ForAll("variants") MatmulVariant variant,
      @ForAll @IntRange(min = 1, max = 40) int m,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll long seed) {
    MatmulCase plain = MatmulCase.generated(new MatmulShape(m, n, k), seed);
    MatmulCase transposed =
        new MatmulCase(
            new MatmulShape(n, m, k), transpose(plain.b(), k, n), transpose(plain.a(), m, k));
    Expected ofPlain = MatmulTrials.expected(plain, FloatModel.JAVA);
    Expected ofTransposed = MatmulTrials.expected(transposed, FloatModel.JAVA);
    double[] reference = new double[n * m];
    for (int i = 0; i < n * m; i++) {
      reference[i] = ofPlain.reference()[i % m * n + i / m];
    }
    Same.within(
        run(variant, transposed),
        new Expected("c", ofTransposed.dims(), reference, ofTransposed.bounds()));
  }

  private static FloatArray transpose(FloatArray array, int rows, int cols) {
    return Inputs.of(array.getSize(), i -> array.get(i % rows * cols + i / rows));
  }

  private static Trial run(MatmulVariant variant, MatmulCase matmul) {
    return Harness.run(HostDevice.get(), variant, matmul, 1);
  }

  private static FloatArray c(Trial trial) {
    return trial.outputs().get("c");
  }
}
