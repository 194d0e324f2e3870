package dev.gale.validation.onnx;

import dev.gale.validation.testing.Inputs;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * An operand of Attention, by heads.
 *
 * @param values [batchSize, heads, seqLen, dim]
 */
record Heads(int batchSize, int heads, int seqLen, int dim, FloatArray values) {

  /**
   * @param tensor [batchSize, heads, seqLen, dim] or [batchSize, seqLen, heads x dim]
   * @param heads how many, for three dimensions
   */
  static Heads of(OnnxTensor tensor, int heads) {
    if (tensor.dims().size() == 4) {
      return new Heads(tensor.dim(0), tensor.dim(1), tensor.dim(2), tensor.dim(3), tensor.values());
    }
    int seqLen = tensor.dim(1);
    int dim = tensor.dim(2) / heads;
    FloatArray split =
        Inputs.of(
            tensor.values().getSize(),
            at -> {
              int col = at % dim;
              int token = at / dim % seqLen;
              int head = at / dim / seqLen % heads;
              int batch = at / dim / seqLen / heads;
              return tensor.get(batch, token, head * dim + col);
            });
    return new Heads(tensor.dim(0), heads, seqLen, dim, split);
  }

  /** The same with the tokens of a cache, [batchSize, heads, past, dim], before its own. */
  Heads after(@Nullable OnnxTensor past) {
    if (past == null) {
      return this;
    }
    int before = past.dim(2);
    int all = before + seqLen;
    FloatArray joined =
        Inputs.of(
            batchSize * heads * all * dim,
            at -> {
              int col = at % dim;
              int token = at / dim % all;
              int head = at / dim / all;
              return token < before
                  ? past.values().get((head * before + token) * dim + col)
                  : values.get((head * seqLen + token - before) * dim + col);
            });
    return new Heads(batchSize, heads, all, dim, joined);
  }
}
