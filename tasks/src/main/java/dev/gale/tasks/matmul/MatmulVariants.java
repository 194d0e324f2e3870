package dev.gale.tasks.matmul;

import dev.gale.tasks.plan.VariantCatalogue;
import java.util.List;

/** The variants of matmul, from the plain one to the fast ones. */
public final class MatmulVariants {

  private static final VariantCatalogue<MatmulVariant> CATALOGUE =
      new VariantCatalogue<>(
          "matmul",
          List.of(
              new PlainMatmul(),
              BlockedMatmul.large(),
              BlockedMatmul.small(),
              new TiledMatmul(),
              new VectorMatmul()));

  private MatmulVariants() {}

  public static VariantCatalogue<MatmulVariant> catalogue() {
    return CATALOGUE;
  }
}
