package dev.gale.validation.faults;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.testing.EachThread;
import dev.gale.validation.testing.Inputs;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What twins of attention are tried on: a few cases that have everything, all but one no multiple of a tile. */
final class AttentionFaultCases {

  private static final AttentionShape SHAPE = new AttentionShape(1, 4, 2, 37, 70, 42, 18);

  private AttentionFaultCases() {}

  static List<AttentionCase> all() {
    AttentionOptions options = AttentionOptions.of(SHAPE);
    AttentionCase plain = AttentionCase.generated(SHAPE, options, 1);
    AttentionShape moreQueries = new AttentionShape(1, 2, 1, 45, 33, 8, 5);
    AttentionShape wholePanels = new AttentionShape(1, 2, 1, 20, 32, 8, 5);
    AttentionShape groups = new AttentionShape(1, 2, 1, EachThread.queries(), 300, 8, 5);
    return List.of(
        plain,
        AttentionCase.generated(SHAPE, options.withCausal(true), 2),
        AttentionCase.generated(SHAPE, options.withMaskHeads(SHAPE.heads()), 3),
        AttentionCase.generated(moreQueries, AttentionOptions.of(moreQueries).withCausal(true), 4),
        AttentionCase.generated(wholePanels, AttentionOptions.of(wholePanels), 7),
        negativeScores(plain),
        peakAtTheEndOfATile(plain),
        hiddenNaN(plain),
        hiddenNaNOfValues(plain),
        risingOverManyKeys(),
        manyHeads(),
        oneQuery(new AttentionShape(1, 6, 1, 1, 1100, 32, 80), 0),
        oneQuery(new AttentionShape(1, 6, 1, 1, 1100, 32, 80), 0.01),
        oneQuery(new AttentionShape(1, 4, 2, 1, 70, 16, 64), -0.05),
        AttentionCase.generated(groups, AttentionOptions.of(groups).withCausal(true), 8));
  }

  /** Decoding, by whole vectors; scores rise with the key by {@code step} an element, or fall. */
  private static AttentionCase oneQuery(AttentionShape shape, double step) {
    AttentionCase plain = AttentionCase.generated(shape, AttentionOptions.of(shape), 6);
    FloatArray keys = plain.keys();
    return new AttentionCase(
        shape,
        plain.options(),
        Inputs.of(plain.queries().getSize(), i -> 1 + 0.1 * plain.queries().get(i)),
        Inputs.of(keys.getSize(), i -> keys.get(i) + i / shape.headDim() % shape.seqLenK() * step),
        plain.values(),
        plain.mask());
  }

  private static AttentionCase negativeScores(AttentionCase plain) {
    return new AttentionCase(
        SHAPE,
        plain.options(),
        Inputs.constant(plain.queries().getSize(), 1),
        Inputs.of(plain.keys().getSize(), i -> -20 - Math.abs(plain.keys().get(i))),
        plain.values(),
        AttentionBuffers.noMask());
  }

  /** One score far above the others, so that exp of it less any other overflows. */
  private static AttentionCase peakAtTheEndOfATile(AttentionCase plain) {
    int head = SHAPE.seqLenK() * SHAPE.headDim();
    int peak = 63 * SHAPE.headDim();
    return new AttentionCase(
        SHAPE,
        plain.options(),
        Inputs.constant(plain.queries().getSize(), 1),
        Inputs.of(
            plain.keys().getSize(),
            i -> i % head >= peak && i % head < peak + SHAPE.headDim() ? 30 : plain.keys().get(i)),
        plain.values(),
        AttentionBuffers.noMask());
  }

  /** Later keys have larger scores, past as many as the vector kernel takes at once. */
  private static AttentionCase risingOverManyKeys() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 5, 600, 8, 20);
    AttentionCase plain = AttentionCase.generated(shape, AttentionOptions.of(shape), 5);
    return new AttentionCase(
        shape,
        plain.options(),
        Inputs.constant(plain.queries().getSize(), 1),
        Inputs.of(plain.keys().getSize(), i -> i / shape.headDim() * 0.002),
        plain.values(),
        plain.mask());
  }

  /** More blocks of rows than the blocked kernel has work items on this machine, so that an item computes several. */
  private static AttentionCase manyHeads() {
    int heads = 40 * Math.max(16, Runtime.getRuntime().availableProcessors());
    AttentionShape shape = new AttentionShape(1, heads, heads / 2, 17, 9, 4, 3);
    AttentionCase plain = AttentionCase.generated(shape, AttentionOptions.of(shape), 8);
    return new AttentionCase(
        shape,
        plain.options(),
        Inputs.of(plain.queries().getSize(), i -> 200 * plain.queries().get(i)),
        plain.keys(),
        plain.values(),
        plain.mask());
  }

  /** Key 69 and its values are NaN, and hidden from all queries of all heads. */
  private static AttentionCase hiddenNaN(AttentionCase plain) {
    int seqLenK = SHAPE.seqLenK();
    FloatArray mask =
        Inputs.of(
            SHAPE.seqLenQ() * seqLenK,
            i -> i % seqLenK == seqLenK - 1 ? Float.NEGATIVE_INFINITY : 0);
    return new AttentionCase(
        SHAPE,
        plain.options().withMaskHeads(1),
        plain.queries(),
        poisonLastKey(plain.keys(), SHAPE.headDim()),
        poisonLastKey(plain.values(), SHAPE.headDimV()),
        mask);
  }

  /** The values of key 69 alone are NaN: its scores are as finite as the others. */
  private static AttentionCase hiddenNaNOfValues(AttentionCase plain) {
    AttentionCase hidden = hiddenNaN(plain);
    return new AttentionCase(
        SHAPE, hidden.options(), hidden.queries(), plain.keys(), hidden.values(), hidden.mask());
  }

  private static FloatArray poisonLastKey(FloatArray array, int dim) {
    int head = SHAPE.seqLenK() * dim;
    return Inputs.of(array.getSize(), i -> i % head >= head - dim ? Float.NaN : array.get(i));
  }
}
