package dev.gale.models.multihead;

import dev.gale.tasks.attention.AttentionOptions;
import java.util.EnumSet;
import java.util.Set;

/**
 * What multi-head attention computes beside its shape.
 *
 * @param attention scale, causal, mask
 * @param biases the projections that add a bias
 */
public record MultiHeadOptions(AttentionOptions attention, Set<Projection> biases) {

  public MultiHeadOptions {
    biases = Set.copyOf(biases);
  }

  /** Scale 1/sqrt(headDim), not causal, no mask, no biases (Vaswani et al. 2017, section 3.2.2). */
  public static MultiHeadOptions of(MultiHeadShape shape) {
    return new MultiHeadOptions(AttentionOptions.of(shape.attention()), Set.of());
  }

  /** Whether a projection adds a bias. */
  public boolean hasBias(Projection projection) {
    return biases.contains(projection);
  }

  public MultiHeadOptions withAttention(AttentionOptions newAttention) {
    return new MultiHeadOptions(newAttention, biases);
  }

  public MultiHeadOptions withCausal(boolean causal) {
    return withAttention(attention.withCausal(causal));
  }

  public MultiHeadOptions withBiases(Set<Projection> newBiases) {
    return new MultiHeadOptions(attention, newBiases);
  }

  /** A bias in each projection. */
  public MultiHeadOptions withAllBiases() {
    return withBiases(EnumSet.allOf(Projection.class));
  }
}
