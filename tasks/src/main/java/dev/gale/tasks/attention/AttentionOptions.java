package dev.gale.tasks.attention;

/**
 * What an attention computes beside its shape.
 *
 * @param scale factor on the scores; finite
 * @param causal whether query i sees key j only when j &lt;= i + seqLenK - seqLenQ
 * @param maskHeads over how many heads an additive mask [maskHeads, seqLenQ, seqLenK] goes: 0 for no mask, 1 for one
 *     that all heads of all batches share, numHeads for one a head that all batches share, batchSize x numHeads for one
 *     a head of each batch. Query head h of batch b, counted b x numHeads + h, adds mask [(b x numHeads + h) modulo
 *     maskHeads]. An element of -infinity hides the key.
 */
public record AttentionOptions(float scale, boolean causal, int maskHeads) {

  /**
   * @throws IllegalArgumentException if the scale is not finite or maskHeads is negative
   */
  public AttentionOptions {
    if (!Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "attention: scale " + scale + ", expected a finite number");
    }
    if (maskHeads < 0) {
      throw new IllegalArgumentException(
          "attention: maskHeads " + maskHeads + ", expected 0 or more");
    }
  }

  /** Scale 1/sqrt(headDim), not causal, no mask. */
  public static AttentionOptions of(AttentionShape shape) {
    return new AttentionOptions((float) (1.0 / Math.sqrt(shape.headDim())), false, 0);
  }

  public AttentionOptions withScale(float newScale) {
    return new AttentionOptions(newScale, causal, maskHeads);
  }

  public AttentionOptions withCausal(boolean newCausal) {
    return new AttentionOptions(scale, newCausal, maskHeads);
  }

  public AttentionOptions withMaskHeads(int newMaskHeads) {
    return new AttentionOptions(scale, causal, newMaskHeads);
  }
}
