package dev.gale.benchmarks.ceiling;

import java.util.Locale;

/** What of the machine is measured. */
public enum CeilingKind {
  /** fp32 multiply-adds in registers. */
  FMA("GFLOP/s"),
  /** Reading two arrays and writing a third, all far larger than a cache, with stores that go through it. */
  TRIAD("GB/s"),
  /** Reading an array far larger than a cache. */
  READ("GB/s");

  private final String unit;

  CeilingKind(String unit) {
    this.unit = unit;
  }

  /** The unit of its rate: 10^9 FLOP or bytes a second. */
  public String unit() {
    return unit;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
