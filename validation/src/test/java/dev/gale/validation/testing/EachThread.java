package dev.gale.validation.testing;

/** Sizes that have work for each thread of this machine's JVM device, and of one of 16 threads. */
public final class EachThread {

  private EachThread() {}

  /** Columns of a product of which each thread has 160, but the last a few less. */
  public static int columns() {
    int threads = Runtime.getRuntime().availableProcessors();
    return Math.ceilDiv(16, threads) * threads * 160 - 6;
  }
}
