package dev.gale.benchmarks.race;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.Sample;

/**
 * A contestant that is out before it begins.
 *
 * @param reason why
 * @param absent whether it takes no part; else it failed
 */
public record NoRunner(String reason, boolean absent) implements Runner {

  @Override
  public Opened open() throws AbsentException, RunnerFailedException {
    if (absent) {
      throw new AbsentException(reason);
    }
    throw new RunnerFailedException(reason);
  }

  @Override
  public Judgement judge(boolean thorough) {
    throw new IllegalStateException(reason);
  }

  @Override
  public double warm(double seconds) {
    throw new IllegalStateException(reason);
  }

  @Override
  public Sample measure(int calls, boolean ready) {
    throw new IllegalStateException(reason);
  }

  @Override
  public void close() {}
}
