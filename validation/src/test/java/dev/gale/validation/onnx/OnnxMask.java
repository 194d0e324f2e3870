package dev.gale.validation.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.gale.tasks.attention.AttentionShape;
import org.jspecify.annotations.Nullable;

/** What a vector of Attention hides and adds. */
final class OnnxMask {

  private static final float HIDDEN = Float.NEGATIVE_INFINITY;

  private final AttentionShape shape;
  private final boolean causal;
  private final int past;
  private final @Nullable OnnxTensor mask;
  private final @Nullable OnnxTensor validKeys;

  OnnxMask(OnnxVector vector, AttentionShape shape) {
    this.shape = shape;
    causal = vector.attribute("is_causal", 0) != 0;
    OnnxTensor pastKeys = vector.optional(4);
    past = pastKeys == null ? 0 : pastKeys.dim(2);
    mask = vector.optional(3);
    validKeys = vector.optional(6);
  }

  /** Whether causality is just Gale's. */
  boolean isGaleCausal() {
    return causal && validKeys == null && past == shape.seqLenK() - shape.seqLenQ();
  }

  boolean isNeeded() {
    return mask != null || validKeys != null || (causal && !isGaleCausal());
  }

  /** What is added to the score of a query and a key. */
  float bias(int batch, int head, int query, int key) {
    int valid = validKeys == null ? shape.seqLenK() : (int) validKeys.get(batch);
    int offset = validKeys == null ? past : valid - shape.seqLenQ();
    if (key >= valid || (causal && key > query + offset)) {
      return HIDDEN;
    }
    if (mask == null) {
      return 0;
    }
    if (key >= mask.dim(-1)) {
      return HIDDEN;
    }
    float element = element(mask, batch, head, query, key);
    if (mask.type() == DataType.BOOL) {
      return element != 0 ? 0 : HIDDEN;
    }
    return element;
  }

  private static float element(OnnxTensor mask, int batch, int head, int query, int key) {
    return switch (mask.dims().size()) {
      case 2 -> mask.get(query, key);
      case 3 -> mask.get(mask.dim(0) == 1 ? 0 : head, query, key);
      default -> mask.get(mask.dim(0) == 1 ? 0 : batch, mask.dim(1) == 1 ? 0 : head, query, key);
    };
  }
}
