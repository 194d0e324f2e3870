package dev.gale.tasks.attention;

import dev.gale.tasks.plan.VariantCatalogue;
import java.util.List;

/** The variants of attention, from the plain one to the fast ones. */
public final class AttentionVariants {

  private static final VariantCatalogue<AttentionVariant> CATALOGUE =
      new VariantCatalogue<>(
          "attention",
          List.of(
              new ComposedAttention(),
              new OnlineAttention(),
              BlockedAttention.large(),
              BlockedAttention.small(),
              new FlashAttention(),
              new VectorAttention(),
              new DecodeAttention()));

  private AttentionVariants() {}

  public static VariantCatalogue<AttentionVariant> catalogue() {
    return CATALOGUE;
  }
}
