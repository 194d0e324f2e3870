package dev.gale.peers;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;

/**
 * What causal attention is to a library that aligns its mask at the top left: query i sees key j when j &lt;= i. Gale
 * aligns it at the bottom right: j &lt;= i + seqLenK - seqLenQ.
 */
public enum CausalMask {
  /** None is needed. */
  NONE,
  /** That of the library is the same. */
  SQUARE,
  /** That of the library is another one. */
  OTHER;

  /** The one of a case. A single query, the last, sees every key. */
  public static CausalMask of(AttentionCase input) {
    AttentionShape shape = input.shape();
    if (!input.options().causal() || shape.seqLenQ() == 1) {
      return NONE;
    }
    return shape.seqLenQ() == shape.seqLenK() ? SQUARE : OTHER;
  }
}
