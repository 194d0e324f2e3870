package dev.gale.tasks.softmax;

import dev.gale.tasks.plan.VariantCatalogue;
import java.util.List;

/** The variants of softmax, from the plain one to the fast ones. */
public final class SoftmaxVariants {

  private static final VariantCatalogue<SoftmaxVariant> CATALOGUE =
      new VariantCatalogue<>(
          "softmax",
          List.of(
              new ThreePassSoftmax(),
              new OnlineSoftmax(),
              new BlockedSoftmax(),
              new WorkGroupSoftmax(),
              new VectorSoftmax()));

  private SoftmaxVariants() {}

  public static VariantCatalogue<SoftmaxVariant> catalogue() {
    return CATALOGUE;
  }
}
