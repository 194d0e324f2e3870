package dev.gale.validation.contract;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.testing.Inputs;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Attention over special inputs. One key-value head, two query heads, more queries than keys where rows see no key. */
final class AttentionSpecials {

  private static final AttentionShape SHAPE = new AttentionShape(1, 2, 1, 21, 37, 12, 10);
  private static final AttentionShape MORE_QUERIES = new AttentionShape(1, 2, 1, 37, 21, 12, 10);
  private static final int DIM = 12;
  private static final int DIM_V = 10;
  private static final float MINUS_INFINITY = Float.NEGATIVE_INFINITY;

  private final List<NamedCase<AttentionCase>> cases = new ArrayList<>();
  private final AttentionOptions plain = AttentionOptions.of(SHAPE);
  private final FloatArray queries = Inputs.normal(SHAPE.queriesElements(), 1);
  private final FloatArray keys = Inputs.normal(SHAPE.keysElements(), 2);
  private final FloatArray values = Inputs.normal(SHAPE.valuesElements(), 3);
  private final FloatArray noMask = AttentionBuffers.noMask();
  private final FloatArray mask = Inputs.normal(SHAPE.seqLenQ() * SHAPE.seqLenK(), 4);

  static List<NamedCase<AttentionCase>> all() {
    AttentionSpecials specials = new AttentionSpecials();
    specials.scores();
    specials.hidden();
    specials.visible();
    specials.rowsThatSeeNoKey();
    return specials.cases;
  }

  private void scores() {
    FloatArray ones = Inputs.constant(queries.getSize(), 1);
    FloatArray negative = Inputs.of(keys.getSize(), i -> -20 - Math.abs(keys.get(i)));
    add("all scores negative", plain, ones, negative, values, noMask);
    FloatArray large = Inputs.normal(queries.getSize(), 3e3, 5);
    add("logits of +-1e4", plain, large, keys, values, noMask);
    add(
        "outliers x20",
        plain,
        Inputs.outliers(queries.getSize(), 6),
        Inputs.outliers(keys.getSize(), 7),
        Inputs.outliers(values.getSize(), 8),
        noMask);
    add("subnormal values", plain, queries, keys, Inputs.subnormal(values.getSize(), 9), noMask);
    add("subnormal queries", plain, Inputs.subnormal(queries.getSize(), 9), keys, values, noMask);
    add("scale 0", plain.withScale(0), queries, keys, values, noMask);
    add("negative scale", plain.withScale(-1.5f), queries, keys, values, noMask);
    add(
        "scores that rise with the key",
        plain,
        ones,
        Inputs.of(keys.getSize(), i -> i / DIM * 0.2),
        values,
        noMask);
    FloatArray peak = Inputs.of(keys.getSize(), i -> i / DIM == 36 ? 60 : keys.get(i));
    add("a peak at the last key", plain, ones, peak, values, noMask);
    AttentionOptions masked = plain.withMaskHeads(1);
    add("mask of +-1e4", masked, queries, keys, values, Inputs.normal(mask.getSize(), 1e4, 10));
    add("infinite value", plain, queries, keys, Inputs.with(values, 33, MINUS_INFINITY), noMask);
    FloatArray infinite = Inputs.with(keys, 5 * DIM, DIM, Float.POSITIVE_INFINITY);
    add("a key of infinity, scores of +infinity", plain, ones, infinite, values, noMask);
    FloatArray minus = Inputs.with(keys, 5 * DIM, DIM, MINUS_INFINITY);
    add("a key of -infinity, scores of -infinity", plain, ones, minus, values, noMask);
    FloatArray all = Inputs.constant(keys.getSize(), MINUS_INFINITY);
    add("all scores -infinity", plain, ones, all, values, noMask);
  }

  /** What no query sees changes nothing, whatever it is. */
  private void hidden() {
    AttentionOptions masked = plain.withMaskHeads(1);
    FloatArray hiding =
        Inputs.of(
            mask.getSize(),
            i ->
                i % SHAPE.seqLenK() == 4 || i % SHAPE.seqLenK() == 36
                    ? MINUS_INFINITY
                    : mask.get(i));
    for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE}) {
      FloatArray poisonedKeys =
          Inputs.with(Inputs.with(keys, 4 * DIM, DIM, poison), 36 * DIM, DIM, poison);
      FloatArray poisonedValues =
          Inputs.with(Inputs.with(values, 4 * DIM_V, DIM_V, poison), 36 * DIM_V, DIM_V, poison);
      add("masked " + poison, masked, queries, poisonedKeys, poisonedValues, hiding);
    }
    FloatArray lastKeys = Inputs.with(keys, 30 * DIM, 7 * DIM, Float.NaN);
    FloatArray lastValues = Inputs.with(values, 30 * DIM_V, 7 * DIM_V, Float.NaN);
    AttentionOptions causal = plain.withCausal(true);
    add("NaN that some rows see, causal", causal, queries, lastKeys, lastValues, noMask);
    FloatArray nanMask =
        Inputs.of(
            mask.getSize(),
            i ->
                i % SHAPE.seqLenK() > i / SHAPE.seqLenK() + SHAPE.seqLenK() - SHAPE.seqLenQ()
                    ? Float.NaN
                    : mask.get(i));
    add(
        "NaN in the mask behind the diagonal",
        masked.withCausal(true),
        queries,
        keys,
        values,
        nanMask);
  }

  /** What is seen counts, whatever it is. */
  private void visible() {
    add("NaN query", plain, Inputs.with(queries, 3 * DIM + 11, Float.NaN), keys, values, noMask);
    add("NaN key", plain, queries, Inputs.with(keys, 36 * DIM, Float.NaN), values, noMask);
    add("NaN value", plain, queries, keys, Inputs.with(values, 20 * DIM_V, Float.NaN), noMask);
    FloatArray peak = Inputs.of(keys.getSize(), i -> i / DIM == 0 ? 300 : keys.get(i));
    add(
        "NaN value of probability 0",
        plain,
        Inputs.constant(queries.getSize(), 1),
        peak,
        Inputs.with(values, 20 * DIM_V, Float.NaN),
        noMask);
    AttentionOptions masked = plain.withMaskHeads(1);
    add("NaN in the mask", masked, queries, keys, values, Inputs.with(mask, 5, Float.NaN));
    FloatArray infinite = Inputs.with(mask, 40, Float.POSITIVE_INFINITY);
    add("+infinity in the mask", masked, queries, keys, values, infinite);
  }

  private void rowsThatSeeNoKey() {
    AttentionOptions masked = plain.withMaskHeads(1);
    FloatArray rowHidden = Inputs.with(mask, SHAPE.seqLenK(), 2 * SHAPE.seqLenK(), MINUS_INFINITY);
    add("rows masked whole", masked, queries, keys, values, rowHidden);
    FloatArray poisoned = Inputs.with(values, 0, Float.NaN);
    FloatArray everything = Inputs.constant(mask.getSize(), MINUS_INFINITY);
    add("everything masked, a NaN value", masked, queries, keys, poisoned, everything);
    AttentionOptions causal = AttentionOptions.of(MORE_QUERIES).withCausal(true);
    cases.add(
        new NamedCase<>(
            "the first rows before the first key, causal",
            AttentionCase.generated(MORE_QUERIES, causal, 11)));
    cases.add(
        new NamedCase<>(
            "the first rows before the first key, causal, masked",
            AttentionCase.generated(MORE_QUERIES, causal.withMaskHeads(2), 12)));
  }

  private void add(
      String name,
      AttentionOptions options,
      FloatArray q,
      FloatArray k,
      FloatArray v,
      FloatArray maskOrNone) {
    cases.add(new NamedCase<>(name, new AttentionCase(SHAPE, options, q, k, v, maskOrNone)));
  }
}
