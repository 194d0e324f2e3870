package dev.gale.benchmarks.ceiling;

import dev.gale.tasks.plan.Cost;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Threads that run a ceiling's loop at the same time. */
public final class CeilingMeter implements AutoCloseable {

  private final CeilingKind kind;
  private final int threads;
  private final Ceiling ceiling;
  private final CyclicBarrier begin;
  private final CyclicBarrier end;
  private final Thread[] workers;
  private int passes;

  /**
   * @param threads how many, at least 1; the caller's is none of them
   */
  public CeilingMeter(CeilingKind kind, int threads) {
    this.kind = kind;
    this.threads = threads;
    this.ceiling =
        switch (kind) {
          case FMA -> new FmaCeiling(threads);
          case TRIAD -> new MemoryCeiling(true, threads);
          case READ -> new MemoryCeiling(false, threads);
        };
    this.begin = new CyclicBarrier(threads + 1);
    this.end = new CyclicBarrier(threads + 1);
    this.workers = new Thread[threads];
    for (int t = 0; t < threads; t++) {
      int thread = t;
      workers[t] = new Thread(() -> work(thread), kind.id() + "-" + thread);
      workers[t].setDaemon(true);
      workers[t].start();
    }
  }

  /** 10^9 FLOP or bytes of so many passes of all threads: divided by seconds, the rate in the kind's unit. */
  public double giga(int count) {
    return 1e-9 * count * threads * ceiling.work();
  }

  public CeilingKind kind() {
    return kind;
  }

  /** FLOP or bytes of one pass of all threads. */
  public Cost cost() {
    long work = threads * ceiling.work();
    return kind == CeilingKind.FMA ? new Cost(work, 0) : new Cost(0, work);
  }

  /** Runs so many passes on each thread and returns when all are done. */
  public void run(int count) throws InterruptedException {
    passes = count;
    await(begin);
    await(end);
  }

  /** The rate over some time, in the kind's unit, after as much time to warm up. */
  public double rate(double seconds) throws InterruptedException {
    over(seconds);
    return over(seconds);
  }

  private double over(double seconds) throws InterruptedException {
    long start = System.nanoTime();
    int count = 0;
    do {
      run(1);
      count++;
    } while (System.nanoTime() - start < seconds * 1e9);
    return giga(count) / (1e-9 * (System.nanoTime() - start));
  }

  private void work(int thread) {
    try {
      while (true) {
        await(begin);
        for (int pass = 0; pass < passes; pass++) {
          ceiling.pass(thread);
        }
        await(end);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException closed) {
      throw new InterruptedException("closed");
    }
  }

  /** Ends the threads and frees their data. Not to be called while {@link #run} runs. */
  @Override
  public void close() {
    try {
      for (Thread worker : workers) {
        worker.interrupt();
        worker.join();
      }
      ceiling.close();
    } catch (InterruptedException interrupted) {
      // Data of threads that may still run is not freed.
      Thread.currentThread().interrupt();
    }
  }
}
