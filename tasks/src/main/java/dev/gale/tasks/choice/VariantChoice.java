package dev.gale.tasks.choice;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import org.jspecify.annotations.Nullable;

/**
 * Which variant to run when none is named: the one that was the fastest on this very device, where {@link Tuning} knows;
 * otherwise by the device's kind and the shape.
 */
public final class VariantChoice {

  /** Elements in a vector register of processors that have 32 of them. */
  private static final int LARGE = 16;

  private static final String SMALL = "blocked-small";

  private VariantChoice() {}

  /**
   * The variant for a kind of device when nothing is tuned: on the JVM vectors, without packing the keys for a few queries;
   * on a processor behind a backend blocks of vectors, small ones unless its registers are known to hold {@value #LARGE} elements; on a GPU work-groups with local memory; on all else the plain loops.
   */
  public static String usual(DeviceInfo device, ShapeClass shapes) {
    return switch (device.kind()) {
      case JVM -> shapes == ShapeClass.ATTENTION_DECODE ? "decode" : "vector";
      case CPU ->
          switch (shapes) {
            case SOFTMAX_SHORT_ROWS, SOFTMAX_MEDIUM_ROWS, SOFTMAX_LONG_ROWS -> "blocked";
            default -> largeRegisters(device) ? "blocked" : SMALL;
          };
      case GPU ->
          switch (shapes) {
            case MATMUL_FEW_ROWS, MATMUL_SMALL, MATMUL_LARGE -> "tiled";
            case SOFTMAX_SHORT_ROWS, SOFTMAX_MEDIUM_ROWS, SOFTMAX_LONG_ROWS -> "work-group";
            case ATTENTION_DECODE, ATTENTION_SHORT, ATTENTION_LONG -> "flash";
          };
      case FPGA, ACCELERATOR ->
          switch (shapes) {
            case MATMUL_FEW_ROWS, MATMUL_SMALL, MATMUL_LARGE -> "plain";
            case SOFTMAX_SHORT_ROWS, SOFTMAX_MEDIUM_ROWS, SOFTMAX_LONG_ROWS -> "three-pass";
            case ATTENTION_DECODE, ATTENTION_SHORT, ATTENTION_LONG -> "online";
          };
    };
  }

  /** The variant of matmul for a device and a shape. */
  public static MatmulVariant matmul(DeviceInfo device, MatmulShape shape) {
    return runningOr(device, ShapeClass.of(shape), MatmulVariants.catalogue(), "plain");
  }

  /** The variant of softmax for a device and a shape. */
  public static SoftmaxVariant softmax(DeviceInfo device, SoftmaxShape shape) {
    return runningOr(device, ShapeClass.of(shape), SoftmaxVariants.catalogue(), "three-pass");
  }

  /** Why that variant, in words. */
  public static String reason(DeviceInfo device, ShapeClass shapes, Variant chosen) {
    Tuning tuning = Tuning.of(device);
    if (chosen.id().equals(tuning.variant(shapes))) {
      return "gale tune's choice for " + shapes.id() + " here";
    }
    return "the choice for "
        + device.kind()
        + (shapes == ShapeClass.MATMUL_FEW_ROWS ? " and so few rows" : " and this shape")
        + (chosen.id().equals(SMALL) && device.vectorFloats() > 0
            ? ", vectors of " + device.vectorFloats() + " floats"
            : "")
        + (tuning.problem() == null ? "" : "; " + tuning.problem());
  }

  private static boolean largeRegisters(DeviceInfo device) {
    return device.vectorFloats() >= LARGE;
  }

  /** The tuned one, or the usual one, or another one where the device is too small for it. */
  private static <V extends Variant> V runningOr(
      DeviceInfo device, ShapeClass shapes, VariantCatalogue<V> catalogue, String otherwise) {
    V tuned = tuned(device, shapes, catalogue);
    if (tuned != null && tuned.runsOn(device)) {
      return tuned;
    }
    V variant = catalogue.byId(usual(device, shapes));
    return variant.runsOn(device) ? variant : catalogue.byId(otherwise);
  }

  private static <V extends Variant> @Nullable V tuned(
      DeviceInfo device, ShapeClass shapes, VariantCatalogue<V> catalogue) {
    String name = Tuning.of(device).variant(shapes);
    return catalogue.all().stream()
        .filter(variant -> variant.id().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The variant of attention for a device, a shape and options; the online softmax, which fits everywhere, where another one does not. */
  public static AttentionVariant attention(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    VariantCatalogue<AttentionVariant> catalogue = AttentionVariants.catalogue();
    ShapeClass shapes = ShapeClass.of(shape);
    AttentionVariant tuned = tuned(device, shapes, catalogue);
    if (tuned != null && tuned.obstacle(device, shape, options) == null) {
      return tuned;
    }
    AttentionVariant first = catalogue.byId(usual(device, shapes));
    return first.obstacle(device, shape, options) == null ? first : catalogue.byId("online");
  }
}
