package dev.gale.models.multihead;

import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of a composition, as {@link ComposedMultiHead#id} writes it: {@code matmul=blocked,attention=flash}. Either
 * half may be missing; matmul may name one variant or, separated by slashes, those of q, k, v and o.
 *
 * @param matmuls those of each projection; empty if they are not named
 * @param attention null if it is not named
 */
public record VariantName(
    Map<Projection, MatmulVariant> matmuls, @Nullable AttentionVariant attention) {

  private static final String FORM =
      "expected matmul=NAME,attention=NAME or one of the two; matmul may be four names, NAME/NAME/NAME/NAME, of the"
          + " projections q/k/v/o";

  public VariantName {
    matmuls = Map.copyOf(matmuls);
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if it is not of that form or names a variant that is not there
   */
  public static VariantName parse(String name) {
    Map<Projection, MatmulVariant> matmuls = new EnumMap<>(Projection.class);
    AttentionVariant attention = null;
    for (String part : name.split(",", -1)) {
      if (part.startsWith("matmul=") && matmuls.isEmpty()) {
        matmuls.putAll(matmuls(name, part.substring("matmul=".length())));
      } else if (part.startsWith("attention=") && attention == null) {
        attention = AttentionVariants.catalogue().byId(part.substring("attention=".length()));
      } else {
        throw new IllegalArgumentException("variant " + name + ": " + FORM);
      }
    }
    return new VariantName(matmuls, attention);
  }

  /** The composition; what is not named suits the device. */
  public ComposedMultiHead resolve(
      DeviceInfo device, MultiHeadShape shape, MultiHeadOptions options) {
    ComposedMultiHead auto = ComposedMultiHead.auto(device, shape, options);
    return new ComposedMultiHead(
        matmuls.isEmpty() ? auto.matmuls() : matmuls,
        attention == null ? auto.attention() : attention);
  }

  private static Map<Projection, MatmulVariant> matmuls(String name, String ids) {
    List<MatmulVariant> variants =
        Stream.of(ids.split("/", -1)).map(MatmulVariants.catalogue()::byId).toList();
    if (variants.size() != 1 && variants.size() != Projection.values().length) {
      throw new IllegalArgumentException("variant " + name + ": " + FORM);
    }
    Map<Projection, MatmulVariant> matmuls = new EnumMap<>(Projection.class);
    for (Projection projection : Projection.values()) {
      matmuls.put(projection, variants.get(variants.size() == 1 ? 0 : projection.ordinal()));
    }
    return matmuls;
  }
}
