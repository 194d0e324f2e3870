package dev.gale.validation.testing;

import dev.gale.host.exec.WorkerPool;

/** Sizes that have work for each thread of this machine's JVM device, and of one of 16 threads. */
public final class EachThread {

  private EachThread() {}

  /** Columns of a product of which each thread has 160, but the last a few less. */
  public static int columns() {
    return threads() * 160 - 6;
  }

  /** Rows that make four work items a thread of four rows or more, and three rows left over. */
  public static int rows() {
    return threads() * 16 + 3;
  }

  /** Query rows of a head of two, of which several blocks of 16 make a group, the last of less of them. */
  public static int queries() {
    return 64 * threads() + 11;
  }

  /** A multiple of the JVM device's threads, at least 16. */
  private static int threads() {
    int threads =
        Integer.getInteger(WorkerPool.THREADS_PROPERTY, Runtime.getRuntime().availableProcessors());
    return Math.ceilDiv(16, threads) * threads;
  }
}
