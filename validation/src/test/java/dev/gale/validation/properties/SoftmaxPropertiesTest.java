package dev.gale.validation.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.Expected;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.harness.SoftmaxTrials;
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

class SoftmaxPropertiesTest {

  private static final int TRIES = 20;

  @Provide
  Arbitrary<SoftmaxVariant> variants() {
    return Arbitraries.of(SoftmaxVariants.catalogue().runningOn(HostDevice.get().info()));
  }

  @Property(tries = TRIES)
  void matchesReference_whateverTheShape(
      @ForAll("variants") SoftmaxVariant variant,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 300) int cols,
      @ForAll @IntRange(min = 0, max = 30) int spread,
      @ForAll long seed) {
    FloatArray logits = Inputs.normal(rows * cols, spread, seed);
    Trial trial = run(variant, new SoftmaxCase(new SoftmaxShape(rows, cols), logits));
    assertThat(trial.verdict().complaint()).isNull();
  }

  @Property(tries = TRIES)
  void aConstantOnARowChangesNothing(
      @ForAll("variants") SoftmaxVariant variant,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 90) int cols,
      @ForAll @IntRange(min = -1000, max = 1000) int constant,
      @ForAll long seed) {
    SoftmaxShape shape = new SoftmaxShape(rows, cols);
    FloatArray logits = multiplesOf64th(rows * cols, seed);
    SoftmaxCase plain = new SoftmaxCase(shape, logits);
    // Multiples of 1/64 and integers of this size add without rounding.
    SoftmaxCase shifted =
        new SoftmaxCase(
            shape, Inputs.of(rows * cols, i -> logits.get(i) + constant * (1 + i / cols)));
    Same.asReference(run(variant, shifted), expected(plain), expected(shifted));
  }

  @Property(tries = TRIES)
  void columnsPermuteWithTheLogits(
      @ForAll("variants") SoftmaxVariant variant,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 90) int cols,
      @ForAll long seed) {
    SoftmaxCase plain = SoftmaxCase.generated(new SoftmaxShape(rows, cols), seed);
    int[] order = Permutations.of(cols, seed);
    SoftmaxCase permuted =
        new SoftmaxCase(
            plain.shape(),
            Inputs.of(rows * cols, i -> plain.logits().get(i / cols * cols + order[i % cols])));
    Expected ofPlain = expected(plain);
    Expected ofPermuted = expected(permuted);
    double[] reference = new double[rows * cols];
    for (int i = 0; i < reference.length; i++) {
      reference[i] = ofPlain.reference()[i / cols * cols + order[i % cols]];
    }
    Same.within(
        run(variant, permuted),
        new Expected("probabilities", ofPermuted.dims(), reference, ofPermuted.bounds()));
  }

  @Property(tries = TRIES)
  void rowsAddUpToOne(
      @ForAll("variants") SoftmaxVariant variant,
      @ForAll @IntRange(min = 1, max = 200) int cols,
      @ForAll long seed) {
    SoftmaxCase softmax = SoftmaxCase.generated(new SoftmaxShape(1, cols), seed);
    Trial trial = run(variant, softmax);
    double sum = 0;
    double bound = 0;
    for (int j = 0; j < cols; j++) {
      float probability = trial.outputs().get("probabilities").get(j);
      assertThat(probability).isNotNegative();
      sum += probability;
      bound += expected(softmax).bounds()[j];
    }
    assertThat(Math.abs(sum - 1)).isLessThanOrEqualTo(bound);
  }

  private static FloatArray multiplesOf64th(int elements, long seed) {
    FloatArray normal = Inputs.normal(elements, seed);
    return Inputs.of(elements, i -> Math.rint(64 * normal.get(i)) / 64);
  }

  private static Trial run(SoftmaxVariant variant, SoftmaxCase softmax) {
    return Harness.run(HostDevice.get(), variant, softmax, 1);
  }

  private static Expected expected(SoftmaxCase softmax) {
    return SoftmaxTrials.expected(softmax, FloatModel.JAVA);
  }
}
