package dev.gale.benchmarks.peer;

import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.bounds.FunctionError;

/** The arithmetic that other libraries are judged by. */
public final class PeerModel {

  private static final double ULP = 0x1p-23;
  private static final double SMALLEST_NORMAL = 0x1p-126;

  /**
   * That of OpenCL C's full profile: none of the libraries states its accuracy. Queries and keys may be scaled each, by
   * a root of the scale: four roundings.
   */
  public static final FloatModel MODEL =
      new FloatModel(
          "a library",
          0x1p-24,
          SMALLEST_NORMAL,
          SMALLEST_NORMAL,
          2.5 * ULP,
          new FunctionError(3 * ULP, 0, 0),
          new FunctionError(3 * ULP, 0, 0),
          4);

  private PeerModel() {}
}
