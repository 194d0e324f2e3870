package dev.gale.validation.contract;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.testing.Inputs;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Attention of one query a head over special inputs, elements being whole vectors: all that is visible counts, whatever it is. */
final class OneQuerySpecials {

  private static final AttentionShape SHAPE = new AttentionShape(1, 5, 1, 1, 37, 16, 32);
  private static final int DIM = 16;
  private static final int DIM_V = 32;
  private static final FloatArray QUERIES = Inputs.normal(SHAPE.queriesElements(), 1);
  private static final FloatArray KEYS = Inputs.normal(SHAPE.keysElements(), 2);
  private static final FloatArray VALUES = Inputs.normal(SHAPE.valuesElements(), 3);

  private OneQuerySpecials() {}

  static List<NamedCase<AttentionCase>> all() {
    FloatArray ones = Inputs.constant(QUERIES.getSize(), 1);
    FloatArray peak = Inputs.of(KEYS.getSize(), i -> i / DIM == 0 ? 300 : KEYS.get(i));
    FloatArray rising = Inputs.of(KEYS.getSize(), i -> i / DIM * 0.2);
    FloatArray negative = Inputs.of(KEYS.getSize(), i -> -20 - Math.abs(KEYS.get(i)));
    FloatArray nanValue = Inputs.with(VALUES, 20 * DIM_V, Float.NaN);
    return List.of(
        named("scores that rise", ones, rising, VALUES),
        named("scores negative", ones, negative, VALUES),
        named("logits of +-1e4", Inputs.normal(QUERIES.getSize(), 3e3, 5), KEYS, VALUES),
        named("NaN query", Inputs.with(QUERIES, 3 * DIM + 11, Float.NaN), KEYS, VALUES),
        named("NaN key", QUERIES, Inputs.with(KEYS, 36 * DIM, Float.NaN), VALUES),
        named("NaN value", QUERIES, KEYS, nanValue),
        named("NaN value of probability 0", ones, peak, nanValue),
        named("infinite value", QUERIES, KEYS, Inputs.with(VALUES, 33, Float.NEGATIVE_INFINITY)),
        named("score of +infinity", ones, key(Float.POSITIVE_INFINITY), VALUES),
        named("score of -infinity", ones, key(Float.NEGATIVE_INFINITY), VALUES),
        named(
            "all scores -infinity",
            ones,
            Inputs.constant(KEYS.getSize(), Float.NEGATIVE_INFINITY),
            VALUES));
  }

  private static FloatArray key(float value) {
    return Inputs.with(KEYS, 5 * DIM, DIM, value);
  }

  private static NamedCase<AttentionCase> named(
      String name, FloatArray queries, FloatArray keys, FloatArray values) {
    return new NamedCase<>(
        "one query, " + name,
        new AttentionCase(
            SHAPE, AttentionOptions.of(SHAPE), queries, keys, values, AttentionBuffers.noMask()));
  }
}
