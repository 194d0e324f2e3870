package dev.gale.benchmarks.race;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.Sample;

/** A contestant as a race sees it: here or in a process of its own. */
public interface Runner extends AutoCloseable {

  /** The first call. */
  Opened open() throws AbsentException, RunnerFailedException;

  /** Whether it computes the right thing; thorough: with a look at stray writes too. */
  Judgement judge(boolean thorough) throws RunnerFailedException;

  /**
   * Calls it for some time, and longer as long as it gets faster.
   *
   * @return the shortest time of a call in the end, ns
   */
  double warm(double seconds) throws RunnerFailedException;

  /**
   * Times calls.
   *
   * @param ready whether to make one call before that is not timed, so that caches and threads are as they are in a
   *     loop
   */
  Sample measure(int calls, boolean ready) throws RunnerFailedException;

  /** Ends it. What stands in the way of that is nobody's concern any more. */
  @Override
  void close();
}
