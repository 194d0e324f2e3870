package dev.gale.benchmarks.contestant;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Variant;

/** Variants that can't take part. */
final class Runs {

  private Runs() {}

  static void check(Variant variant, Device device) throws AbsentException {
    if (!variant.runsOn(device.info())) {
      throw new AbsentException("variant " + variant.id() + " does not run on " + device.id());
    }
  }
}
