package dev.gale.benchmarks.contestant;

import dev.gale.validation.harness.Verdict;

/** Computes one work again and again, in a process of its own. Calls come from one thread. */
public interface Contestant extends AutoCloseable {

  /**
   * Computes the work for the first time, and times that.
   *
   * @throws AbsentException if it is not to be had, or does not offer this work
   * @throws Exception if it fails
   */
  Opened open() throws Exception;

  /** Times so many calls. */
  Sample run(int calls) throws Exception;

  /**
   * Judges what its calls compute.
   *
   * @param expectations where references are found
   * @param thorough whether to look for stray writes and the like too, which takes a compilation
   */
  Verdict judge(Expectations expectations, boolean thorough) throws Exception;

  /** What is judged, as in {@code all rows}; what {@link #judge} said last. */
  String coverage();

  @Override
  void close();
}
