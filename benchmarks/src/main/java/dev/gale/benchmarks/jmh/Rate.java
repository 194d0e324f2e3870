package dev.gale.benchmarks.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What JMH divides by seconds, beside the calls. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Rate {

  /** 10^9 floating-point operations: as a rate, GFLOP/s. */
  public double gigaFlop;

  /** 10^9 bytes that must cross the memory bus: as a rate, GB/s. */
  public double gigaBytes;
}
