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

/** Which variant to run when none is named: by the device's kind and the shape. */
public final class VariantChoice {

  /** Query rows that share keys, up to which packing the keys costs more than it saves. */
  private static final int DECODE_ROWS = 8;

  private VariantChoice() {}

  /** The variant of matmul for a device and a shape. */
  public static MatmulVariant matmul(DeviceInfo device, MatmulShape shape) {
    return runningOr(
        device,
        MatmulVariants.catalogue(),
        switch (device.kind()) {
          case CPU -> "blocked";
          case GPU -> "tiled";
          case JVM -> "vector";
          case FPGA, ACCELERATOR -> "plain";
        },
        "plain");
  }

  /** The variant of softmax for a device and a shape. */
  public static SoftmaxVariant softmax(DeviceInfo device, SoftmaxShape shape) {
    return runningOr(
        device,
        SoftmaxVariants.catalogue(),
        switch (device.kind()) {
          case CPU -> "blocked";
          case GPU -> "work-group";
          case JVM -> "vector";
          case FPGA, ACCELERATOR -> "three-pass";
        },
        "three-pass");
  }

  /** The first, or the second where the device is too small for it. */
  private static <V extends Variant> V runningOr(
      DeviceInfo device, VariantCatalogue<V> catalogue, String first, String second) {
    V variant = catalogue.byId(first);
    return variant.runsOn(device) ? variant : catalogue.byId(second);
  }

  /**
   * The variant of attention for a device, a shape and options: on the JVM vectors, without
   * packing the keys for a few queries, on a processor behind a backend blocks of vectors, on a GPU flash attention, where its
   * work-groups fit; on all else the online softmax, which fits everywhere.
   */
  public static AttentionVariant attention(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    VariantCatalogue<AttentionVariant> catalogue = AttentionVariants.catalogue();
    AttentionVariant first =
        catalogue.byId(
            switch (device.kind()) {
              case JVM -> shape.groupSize() * shape.seqLenQ() <= DECODE_ROWS ? "decode" : "vector";
              case GPU -> "flash";
              case CPU -> "blocked";
              case FPGA, ACCELERATOR -> "online";
            });
    return first.obstacle(device, shape, options) == null ? first : catalogue.byId("online");
  }
}
