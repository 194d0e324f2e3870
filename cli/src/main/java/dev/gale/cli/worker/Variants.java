package dev.gale.cli.worker;

import dev.gale.cli.common.GaleException;
import dev.gale.tasks.choice.ShapeClass;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The variant that was asked for, or the one that suits the device. */
final class Variants {

  private Variants() {}

  /**
   * A variant and why it was chosen.
   *
   * @param reason in words
   */
  record Chosen<V extends Variant>(V variant, String reason) {}

  static <V extends Variant> Chosen<V> choose(
      Device device,
      @Nullable String asked,
      VariantCatalogue<V> catalogue,
      ShapeClass shapes,
      Function<DeviceInfo, V> choice) {
    DeviceInfo info = device.info();
    if (asked == null) {
      V chosen = choice.apply(info);
      return new Chosen<>(chosen, VariantChoice.reason(info, shapes, chosen));
    }
    V variant = catalogue.byId(asked);
    if (!variant.runsOn(info)) {
      throw GaleException.badRequest(
          "--variant "
              + asked
              + ": does not run on "
              + device
              + "; there "
              + catalogue.operator()
              + " has "
              + catalogue.runningOn(info).stream()
                  .map(Variant::id)
                  .collect(Collectors.joining(", ")));
    }
    return new Chosen<>(variant, "asked for");
  }
}
