package dev.gale.benchmarks.ceiling;

/** A loop that does nothing but what is measured. */
interface Ceiling extends AutoCloseable {

  /** FLOP or bytes of one pass of one thread. */
  long work();

  /** One pass. Threads have each their own data. */
  void pass(int thread);

  /** Frees the data. */
  @Override
  default void close() {}
}
