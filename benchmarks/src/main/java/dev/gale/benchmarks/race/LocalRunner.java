package dev.gale.benchmarks.race;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Contestant;
import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.Sample;

/** A contestant in this process. */
public final class LocalRunner implements Runner {

  private static final double NANOS = 1e9;

  /** While warming up, the clock is looked at so often. */
  private static final double WARM_UP_STEP_SECONDS = 0.05;

  private static final int LEAST_WARM_UP_CALLS = 3;

  /** How much longer than asked a slow contestant may warm up to make its calls. */
  private static final double PATIENCE = 4;

  private final Contestant contestant;
  private final Expectations expectations;

  public LocalRunner(Contestant contestant, Expectations expectations) {
    this.contestant = contestant;
    this.expectations = expectations;
  }

  @Override
  public Opened open() throws AbsentException, RunnerFailedException {
    try {
      return contestant.open();
    } catch (AbsentException absent) {
      throw absent;
    } catch (Exception | LinkageError | OutOfMemoryError failure) {
      throw failed(failure);
    }
  }

  @Override
  public Judgement judge(boolean thorough) throws RunnerFailedException {
    return guarded(
        () -> new Judgement(contestant.judge(expectations, thorough), contestant.coverage()));
  }

  @Override
  public double warm(double seconds) throws RunnerFailedException {
    return guarded(
        () -> {
          long start = System.nanoTime();
          int done = 0;
          int calls = 1;
          double nanosPerCall;
          double elapsed;
          do {
            nanosPerCall = contestant.run(calls).nanosPerCall();
            done += calls;
            calls = calls(nanosPerCall, WARM_UP_STEP_SECONDS);
            elapsed = (System.nanoTime() - start) / NANOS;
          } while (elapsed < seconds
              || (done < LEAST_WARM_UP_CALLS && elapsed < PATIENCE * seconds));
          return nanosPerCall;
        });
  }

  @Override
  public Sample measure(int calls, boolean ready) throws RunnerFailedException {
    return guarded(
        () -> {
          if (ready) {
            contestant.run(1);
          }
          return contestant.run(calls);
        });
  }

  /** How many calls fill a time, at least one. */
  static int calls(double nanosPerCall, double seconds) {
    return (int) Math.clamp(Math.rint(seconds * NANOS / nanosPerCall), 1, 1 << 20);
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  private static <T> T guarded(Action<T> action) throws RunnerFailedException {
    try {
      return action.run();
    } catch (Exception | LinkageError | OutOfMemoryError failure) {
      throw failed(failure);
    }
  }

  private static RunnerFailedException failed(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getClass().getSimpleName() + ": " + root.getMessage();
    return new RunnerFailedException(message.strip().replaceAll("\\s+", " "), failure);
  }

  @Override
  public void close() {
    try {
      contestant.close();
    } catch (RuntimeException | LinkageError nobodysConcern) {
      // The numbers are in.
    }
  }
}
