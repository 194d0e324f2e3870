package dev.gale.benchmarks.race;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.Sample;
import dev.gale.tasks.plan.Cost;
import dev.gale.validation.harness.Verdict;
import java.util.List;

/** A contestant without work, whose times are made up. */
class FakeRunner implements Runner {

  static final Verdict RIGHT = new Verdict(10, 0, 0.1, 0.5, null);
  static final Verdict WRONG = new Verdict(10, 1, 9, 3, "c[0] is wrong");

  private final String name;
  private final List<String> log;
  private final long nanosPerCall;

  /**
   * @param log told what is called, as in {@code a.measure}
   */
  FakeRunner(String name, List<String> log, long nanosPerCall) {
    this.name = name;
    this.log = log;
    this.nanosPerCall = nanosPerCall;
  }

  private void log(String what) {
    log.add(name + "." + what);
  }

  @Override
  public Opened open() throws AbsentException, RunnerFailedException {
    log("open");
    return new Opened("v", "", 10 * nanosPerCall, 5, 3, new Cost(1000, 10));
  }

  @Override
  public Judgement judge(boolean thorough) throws RunnerFailedException {
    log(thorough ? "judge" : "judgeAgain");
    return new Judgement(RIGHT, "all rows");
  }

  @Override
  public double warm(double seconds) throws RunnerFailedException {
    log("warm");
    return nanosPerCall;
  }

  @Override
  public Sample measure(int calls, boolean ready) throws RunnerFailedException {
    log("measure");
    long wall = calls * nanosPerCall;
    return new Sample(calls, wall, 2 * wall, wall / 2, -1, -1);
  }

  @Override
  public void close() {
    log("close");
  }
}
