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

  private static final int MOST_WARM_UPS = 8;

  /** A warm-up whose fastest call takes at most so much of the fastest before is followed by another. */
  private static final double STILL_FASTER = 0.97;

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

  /** Until it gets no faster, {@value #MOST_WARM_UPS} times as long as asked at most: what is compiled while it runs takes longer. */
  @Override
  public double warm(double seconds) throws RunnerFailedException {
    return guarded(
        () -> {
          double before = fastest(seconds);
          for (int i = 1; i < MOST_WARM_UPS; i++) {
            double now = fastest(seconds);
            if (now > STILL_FASTER * before) {
              return Math.min(before, now);
            }
            before = now;
          }
          return before;
        });
  }

  /** Calls for so long; the time of a call when it was the shortest. */
  private double fastest(double seconds) throws Exception {
    long start = System.nanoTime();
    int done = 0;
    int calls = 1;
    double fastest = Double.POSITIVE_INFINITY;
    double elapsed;
    do {
      double nanosPerCall = contestant.run(calls).nanosPerCall();
      fastest = Math.min(fastest, nanosPerCall);
      done += calls;
      calls = calls(nanosPerCall, WARM_UP_STEP_SECONDS);
      elapsed = (System.nanoTime() - start) / NANOS;
    } while (elapsed < seconds || (done < LEAST_WARM_UP_CALLS && elapsed < PATIENCE * seconds));
    return fastest;
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
