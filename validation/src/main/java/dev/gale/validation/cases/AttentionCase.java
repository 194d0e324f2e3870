package dev.gale.validation.cases;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.shape.Shapes;
import java.util.OptionalLong;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One attention to run. The buffers are not to change once the case has run, for its reference is kept.
 *
 * @param shape the shape
 * @param options scale, causal, mask
 * @param queries [batchSize, numHeads, seqLenQ, headDim]
 * @param keys [batchSize, numKvHeads, seqLenK, headDim]
 * @param values [batchSize, numKvHeads, seqLenK, headDimV]
 * @param mask [maskHeads, seqLenQ, seqLenK]; {@link AttentionBuffers#noMask} without a mask
 * @param seed what the inputs were generated from; empty if they were given
 */
public record AttentionCase(
    AttentionShape shape,
    AttentionOptions options,
    FloatArray queries,
    FloatArray keys,
    FloatArray values,
    FloatArray mask,
    OptionalLong seed) {

  /**
   * @throws IllegalArgumentException if a buffer is not as long as the shape says
   */
  public AttentionCase {
    int batch = shape.batchSize();
    int kvHeads = shape.numKvHeads();
    Shapes.length(
        "queries",
        queries,
        0,
        "batchSize",
        batch,
        "numHeads",
        shape.numHeads(),
        "seqLenQ",
        shape.seqLenQ(),
        "headDim",
        shape.headDim());
    Shapes.length(
        "keys",
        keys,
        0,
        "batchSize",
        batch,
        "numKvHeads",
        kvHeads,
        "seqLenK",
        shape.seqLenK(),
        "headDim",
        shape.headDim());
    Shapes.length(
        "values",
        values,
        0,
        "batchSize",
        batch,
        "numKvHeads",
        kvHeads,
        "seqLenK",
        shape.seqLenK(),
        "headDimV",
        shape.headDimV());
    if (options.maskHeads() > 0) {
      Shapes.length(
          "mask",
          mask,
          0,
          "maskHeads",
          options.maskHeads(),
          "seqLenQ",
          shape.seqLenQ(),
          "seqLenK",
          shape.seqLenK());
    }
  }

  /** A case of given inputs. */
  public AttentionCase(
      AttentionShape shape,
      AttentionOptions options,
      FloatArray queries,
      FloatArray keys,
      FloatArray values,
      FloatArray mask) {
    this(shape, options, queries, keys, values, mask, OptionalLong.empty());
  }

  /** A case of standard normal inputs; in a mask, one element in eight hides its key. */
  public static AttentionCase generated(AttentionShape shape, AttentionOptions options, long seed) {
    RandomInputs random = new RandomInputs(seed);
    FloatArray queries = random.normal(shape.queriesElements());
    FloatArray keys = random.normal(shape.keysElements());
    FloatArray values = random.normal(shape.valuesElements());
    FloatArray mask =
        options.maskHeads() == 0
            ? AttentionBuffers.noMask()
            : random.mask(options.maskHeads() * shape.seqLenQ() * shape.seqLenK());
    return new AttentionCase(shape, options, queries, keys, values, mask, OptionalLong.of(seed));
  }
}
