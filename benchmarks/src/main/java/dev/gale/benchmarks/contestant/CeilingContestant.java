package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.ceiling.CeilingMeter;
import dev.gale.validation.harness.Verdict;

/** The machine itself: its work is its own, not the race's. */
public final class CeilingContestant implements Contestant {

  private final CeilingMeter meter;
  private final int threads;

  public CeilingContestant(CeilingKind kind, int threads) {
    this.meter = new CeilingMeter(kind, threads);
    this.threads = threads;
  }

  @Override
  public Opened open() throws Exception {
    Sample first = run(1);
    return new Opened(
        meter.kind().id(), threads + " threads", first.wallNanos(), -1, -1, meter.cost());
  }

  @Override
  public Sample run(int calls) throws Exception {
    long cpu = CpuClock.nanos();
    long start = System.nanoTime();
    meter.run(calls);
    long wall = System.nanoTime() - start;
    return new Sample(calls, wall, CpuClock.nanos() - cpu, -1, -1, -1);
  }

  /** Nothing is computed that could be wrong. */
  @Override
  public Verdict judge(Expectations expectations, boolean thorough) {
    return new Verdict(0, 0, 0, 0, null);
  }

  @Override
  public String coverage() {
    return "nothing";
  }

  @Override
  public void close() {
    meter.close();
  }
}
