package dev.gale.validation.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.harness.AttentionTrials;
import dev.gale.validation.harness.Expected;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.harness.Trial;
import dev.gale.validation.testing.HostDevice;
import dev.gale.validation.testing.Inputs;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class AttentionPropertiesTest {

  private static final int TRIES = 20;

  @Provide
  Arbitrary<AttentionVariant> variants() {
    return Arbitraries.of(AttentionVariants.catalogue().runningOn(HostDevice.get().info()));
  }

  @Provide
  Arbitrary<AttentionShape> shapes() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> lengths = Arbitraries.integers().between(1, 45);
    Arbitrary<Integer> dims = Arbitraries.integers().between(1, 24);
    return Combinators.combine(few, few, few, lengths, lengths, dims, dims)
        .as(
            (batch, kvHeads, group, seqLenQ, seqLenK, headDim, headDimV) ->
                new AttentionShape(
                    batch, kvHeads * group, kvHeads, seqLenQ, seqLenK, headDim, headDimV));
  }

  @Property(tries = TRIES)
  void matchesReference_whateverTheShape(
      @ForAll("variants") AttentionVariant variant,
      @ForAll("shapes") AttentionShape shape,
      @ForAll boolean causal,
      @ForAll boolean masked,
      @ForAll long seed) {
    AttentionOptions options =
        AttentionOptions.of(shape).withCausal(causal).withMaskHeads(masked ? 1 : 0);
    AttentionCase attention = AttentionCase.generated(shape, options, seed);
    assertThat(run(variant, attention).verdict().complaint()).isNull();
  }

  @Property(tries = TRIES)
  void keysAndValuesPermuteTogether(
      @ForAll("variants") AttentionVariant variant,
      @ForAll("shapes") AttentionShape shape,
      @ForAll long seed) {
    AttentionCase plain = AttentionCase.generated(shape, AttentionOptions.of(shape), seed);
    int[] order = Permutations.of(shape.seqLenK(), seed);
    AttentionCase permuted =
        new AttentionCase(
            shape,
            plain.options(),
            plain.queries(),
            permute(plain.keys(), shape.headDim(), order),
            permute(plain.values(), shape.headDimV(), order),
            plain.mask());
    sameResult(variant, permuted, plain);
  }

  @Property(tries = TRIES)
  void aConstantOnARowsScoresMovesItsLseOnly(
      @ForAll("variants") AttentionVariant variant,
      @ForAll("shapes") AttentionShape shape,
      @ForAll long seed) {
    int pairs = shape.seqLenQ() * shape.seqLenK();
    FloatArray zeros = Inputs.constant(pairs, 0);
    FloatArray constants = Inputs.of(pairs, i -> 1 + i / shape.seqLenK() % 7);
    AttentionOptions options = AttentionOptions.of(shape).withMaskHeads(1);
    AttentionCase base = AttentionCase.generated(shape, options.withMaskHeads(0), seed);
    AttentionCase plain = masked(base, options, zeros);
    AttentionCase shifted = masked(base, options, constants);
    Trial trial = run(variant, shifted);
    List<Expected> ofPlain = expected(plain);
    List<Expected> ofShifted = expected(shifted);
    Same.asReference(trial, ofPlain.getFirst(), ofShifted.getFirst());
    double[] lse = ofPlain.getLast().reference().clone();
    Arrays.setAll(lse, row -> lse[row] + 1 + row % shape.seqLenQ() % 7);
    Expected last = ofShifted.getLast();
    Same.within(trial, new Expected("lse", last.dims(), lse, last.bounds()));
  }

  @Property(tries = TRIES)
  void valuesOfOneGiveOne(
      @ForAll("variants") AttentionVariant variant,
      @ForAll("shapes") AttentionShape shape,
      @ForAll long seed) {
    AttentionCase random = AttentionCase.generated(shape, AttentionOptions.of(shape), seed);
    AttentionCase ones =
        new AttentionCase(
            shape,
            random.options(),
            random.queries(),
            random.keys(),
            Inputs.constant(shape.valuesElements(), 1),
            random.mask());
    Expected output = expected(ones).getFirst();
    double[] one = new double[output.reference().length];
    Arrays.fill(one, 1);
    Same.within(run(variant, ones), new Expected("output", output.dims(), one, output.bounds()));
  }

  @Property(tries = TRIES)
  void causalEqualsMasked(
      @ForAll("variants") AttentionVariant variant,
      @ForAll("shapes") AttentionShape shape,
      @ForAll long seed) {
    AttentionOptions options = AttentionOptions.of(shape);
    AttentionCase causal = AttentionCase.generated(shape, options.withCausal(true), seed);
    int seqLenK = shape.seqLenK();
    FloatArray triangle =
        Inputs.of(
            shape.seqLenQ() * seqLenK,
            i ->
                i % seqLenK <= i / seqLenK + seqLenK - shape.seqLenQ()
                    ? 0
                    : Float.NEGATIVE_INFINITY);
    sameResult(variant, masked(causal, options.withMaskHeads(1), triangle), causal);
  }

  @Property(tries = TRIES)
  void groupedQueriesEqualRepeatedKeysAndValues(
      @ForAll("variants") AttentionVariant variant,
      @ForAll("shapes") AttentionShape shape,
      @ForAll long seed) {
    AttentionCase grouped = AttentionCase.generated(shape, AttentionOptions.of(shape), seed);
    AttentionShape whole =
        new AttentionShape(
            shape.batchSize(),
            shape.numHeads(),
            shape.numHeads(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV());
    AttentionCase repeated =
        new AttentionCase(
            whole,
            grouped.options(),
            grouped.queries(),
            repeat(grouped.keys(), shape.seqLenK() * shape.headDim(), shape.groupSize()),
            repeat(grouped.values(), shape.seqLenK() * shape.headDimV(), shape.groupSize()),
            grouped.mask());
    sameResult(variant, grouped, repeated);
  }

  @Property(tries = TRIES)
  void twiceTheQueriesIsTwiceTheScale(
      @ForAll("variants") AttentionVariant variant,
      @ForAll("shapes") AttentionShape shape,
      @ForAll long seed) {
    AttentionOptions options = AttentionOptions.of(shape);
    AttentionCase once = AttentionCase.generated(shape, options, seed);
    AttentionCase half =
        new AttentionCase(
            shape,
            options.withScale(options.scale() / 2),
            Inputs.of(shape.queriesElements(), i -> 2 * once.queries().get(i)),
            once.keys(),
            once.values(),
            once.mask());
    sameResult(variant, half, once);
  }

  /** Runs one case; its results must be what another's must be. */
  private static void sameResult(AttentionVariant variant, AttentionCase ran, AttentionCase other) {
    Trial trial = run(variant, ran);
    List<Expected> ofOther = expected(other);
    List<Expected> ofThis = expected(ran);
    Same.asReference(trial, ofOther.getFirst(), ofThis.getFirst());
    Same.asReference(trial, ofOther.getLast(), ofThis.getLast());
  }

  private static AttentionCase masked(
      AttentionCase attention, AttentionOptions options, FloatArray mask) {
    return new AttentionCase(
        attention.shape(),
        options,
        attention.queries(),
        attention.keys(),
        attention.values(),
        mask);
  }

  /** Rows of so many elements, in another order within each head. */
  private static FloatArray permute(FloatArray array, int dim, int[] order) {
    int head = order.length * dim;
    return Inputs.of(
        array.getSize(), i -> array.get(i / head * head + order[i % head / dim] * dim + i % dim));
  }

  /** Each head of so many elements, several times. */
  private static FloatArray repeat(FloatArray array, int head, int times) {
    return Inputs.of(array.getSize() * times, i -> array.get(i / (head * times) * head + i % head));
  }

  private static Trial run(AttentionVariant variant, AttentionCase attention) {
    return Harness.run(HostDevice.get(), variant, attention, 1);
  }

  private static List<Expected> expected(AttentionCase attention) {
    return AttentionTrials.expected(attention, FloatModel.JAVA);
  }
}
