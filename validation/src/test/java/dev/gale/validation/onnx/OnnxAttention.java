package dev.gale.validation.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.testing.Inputs;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A vector of Attention. Three-dimensional operands are split into heads; past keys and values are put before the new
 * ones; a boolean mask becomes 0 and -infinity; what {@code nonpad_kv_seqlen} leaves out is masked.
 *
 * <p>ONNX counts the keys that a causal query sees from the first key on, after the past ones: query i sees key j when j
 * &lt;= i + past, or, with {@code nonpad_kv_seqlen}, when j &lt;= i + that - seqLenQ. Gale counts from the last. Where
 * the two differ, causality becomes a mask.
 *
 * @param attention the case
 * @param output what the vector says it is, by heads
 */
record OnnxAttention(AttentionCase attention, FloatArray output) {

  /** Why Gale can't run a vector, or null if it can. */
  static @Nullable String unsupported(OnnxVector vector) {
    if (vector.attribute("softcap", 0) != 0) {
      return "softcap";
    }
    return vector.input(0).type() == DataType.FLOAT
        ? null
        : "element type " + vector.input(0).type();
  }

  static OnnxAttention of(OnnxVector vector) {
    Heads queries = Heads.of(vector.input(0), (int) vector.attribute("q_num_heads", 0));
    int kvHeads = (int) vector.attribute("kv_num_heads", 0);
    Heads keys = Heads.of(vector.input(1), kvHeads).after(vector.optional(4));
    Heads values = Heads.of(vector.input(2), kvHeads).after(vector.optional(5));
    AttentionShape shape =
        new AttentionShape(
            queries.batchSize(),
            queries.heads(),
            keys.heads(),
            queries.seqLen(),
            keys.seqLen(),
            queries.dim(),
            values.dim());
    AttentionOptions options = AttentionOptions.of(shape);
    if (vector.has("scale")) {
      options = options.withScale((float) vector.attribute("scale", 1));
    }
    OnnxMask mask = new OnnxMask(vector, shape);
    options = options.withCausal(mask.isGaleCausal());
    FloatArray additive = AttentionBuffers.noMask();
    if (mask.isNeeded()) {
      options = options.withMaskHeads(shape.heads());
      int pairs = shape.seqLenQ() * shape.seqLenK();
      additive =
          Inputs.of(
              shape.heads() * pairs,
              at ->
                  mask.bias(
                      at / pairs / shape.numHeads(),
                      at / pairs % shape.numHeads(),
                      at % pairs / shape.seqLenK(),
                      at % shape.seqLenK()));
    }
    return new OnnxAttention(
        new AttentionCase(
            shape, options, queries.values(), keys.values(), values.values(), additive),
        Heads.of(vector.output(), shape.numHeads()).values());
  }
}
