package dev.gale.tasks.plan;

import dev.gale.tasks.device.DeviceInfo;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The variants of one operator.
 *
 * @param operator the operator's name
 * @param all its variants, from the plain one to the fast ones
 */
public record VariantCatalogue<V extends Variant>(String operator, List<V> all) {

  public VariantCatalogue {
    all = List.copyOf(all);
  }

  /** Those that run on a device. */
  public List<V> runningOn(DeviceInfo device) {
    return all.stream().filter(variant -> variant.runsOn(device)).toList();
  }

  /**
   * The variant of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public V byId(String id) {
    return all.stream()
        .filter(variant -> variant.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "variant "
                        + id
                        + ": "
                        + operator
                        + " has no such variant; it has "
                        + all.stream().map(Variant::id).collect(Collectors.joining(", "))));
  }
}
