package dev.gale.benchmarks.race;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.work.Work;
import java.util.Map;

/**
 * Which of the machine's ceilings a work meets first: that of arithmetic, or that of memory, if everything that must be
 * read and written came from and went to memory once (the roofline of S. Williams, A. Waterman, D. Patterson, CACM 52(4),
 * 2009).
 */
public final class Limit {

  /** Where less than that part of the bytes is written, memory is as good as read only. */
  private static final double MOSTLY_READ = 0.1;

  private Limit() {}

  /**
   * @param rates of the ceilings, in their units
   */
  public static CeilingKind of(Work work, Map<CeilingKind, Double> rates) {
    boolean reads = work.outputBytes() < MOSTLY_READ * work.cost().bytes();
    CeilingKind memory = reads ? CeilingKind.READ : CeilingKind.TRIAD;
    double arithmeticTime = work.cost().flop() / rates.getOrDefault(CeilingKind.FMA, 1.0);
    double memoryTime = work.cost().bytes() / rates.getOrDefault(memory, 1.0);
    return arithmeticTime >= memoryTime ? CeilingKind.FMA : memory;
  }

  /** FLOP or bytes of a work, whichever that ceiling is about. */
  public static long amount(Work work, CeilingKind kind) {
    return kind == CeilingKind.FMA ? work.cost().flop() : work.cost().bytes();
  }
}
