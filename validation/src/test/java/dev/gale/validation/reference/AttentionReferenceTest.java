package dev.gale.validation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.testing.Inputs;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Queries of 0 see their keys evenly, so that every output is a mean. */
class AttentionReferenceTest {

  private static final float NAN = Float.NaN;
  private static final float HIDDEN = Float.NEGATIVE_INFINITY;

  @Test
  void causalCountsFromTheLastKey() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 2, 4, 1, 1);
    AttentionReference reference =
        even(
            shape,
            AttentionOptions.of(shape).withCausal(true),
            FloatArray.fromElements(1, 2, 6, 11),
            AttentionBuffers.noMask());
    assertThat(reference.output()).containsExactly(3, 5);
    assertThat(reference.lse()).containsExactly(Math.log(3), Math.log(4));
  }

  @Test
  void rowsBeforeTheFirstKeyAreZero_whenCausalAndThereAreMoreQueries() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 3, 1, 1, 1);
    AttentionReference reference =
        even(
            shape,
            AttentionOptions.of(shape).withCausal(true),
            FloatArray.fromElements(7),
            AttentionBuffers.noMask());
    assertThat(reference.output()).containsExactly(0, 0, 7);
    assertThat(reference.lse())
        .containsExactly(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0);
  }

  @Test
  void queryHeadsShareKeyValueHeadsByGroups() {
    AttentionShape shape = new AttentionShape(1, 4, 2, 1, 1, 1, 1);
    AttentionReference reference =
        even(
            shape,
            AttentionOptions.of(shape),
            FloatArray.fromElements(3, 5),
            AttentionBuffers.noMask());
    assertThat(reference.output()).containsExactly(3, 3, 5, 5);
  }

  @Test
  void maskHeadsGoRoundOverTheHeadsOfAllBatches() {
    AttentionShape shape = new AttentionShape(2, 2, 2, 1, 2, 1, 1);
    FloatArray values = FloatArray.fromElements(1, 3, 1, 3, 1, 3, 1, 3);
    AttentionOptions options = AttentionOptions.of(shape);
    FloatArray two = FloatArray.fromElements(0, HIDDEN, HIDDEN, 0);
    assertThat(even(shape, options.withMaskHeads(2), values, two).output())
        .containsExactly(1, 3, 1, 3);
    FloatArray four = FloatArray.fromElements(0, 0, 0, HIDDEN, HIDDEN, 0, 0, 0);
    assertThat(even(shape, options.withMaskHeads(4), values, four).output())
        .containsExactly(2, 1, 3, 2);
  }

  @Test
  void hiddenNaNChangesNothing_visibleNaNCounts() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 2, 3, 1, 2);
    AttentionReference reference =
        even(
            shape,
            AttentionOptions.of(shape).withMaskHeads(1),
            FloatArray.fromElements(1, 2, NAN, NAN, 3, NAN),
            FloatArray.fromElements(0, HIDDEN, HIDDEN, 0, HIDDEN, 0));
    assertThat(reference.output()).containsExactly(1, 2, 2, Double.NaN);
  }

  @Test
  void blocksOfRowsAgreeWithSingleRows_whenRowsAreNoMultipleOfABlock() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 211, 5, 1, 1);
    FloatArray values = Inputs.of(5, i -> i * i);
    AttentionReference reference =
        even(shape, AttentionOptions.of(shape), values, AttentionBuffers.noMask());
    assertThat(reference.output()).hasSize(211).containsOnly(6);
  }

  private static AttentionReference even(
      AttentionShape shape, AttentionOptions options, FloatArray values, FloatArray mask) {
    return AttentionReference.of(
        new AttentionCase(
            shape,
            options,
            Inputs.constant(shape.queriesElements(), 0),
            Inputs.normal(shape.keysElements(), 1),
            values,
            mask));
  }
}
