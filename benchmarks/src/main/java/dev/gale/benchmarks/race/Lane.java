package dev.gale.benchmarks.race;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.Sample;
import dev.gale.benchmarks.statistics.MedianInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One contestant in a race: its samples, until something ends it. */
final class Lane {

  /** Calls longer than that need none before them: they are their own warm-up. */
  private static final double LONG_CALL_NANOS = 0.2e9;

  private final Entrant entrant;
  private final Runner runner;
  private final RaceSettings settings;
  private final List<Sample> samples = new ArrayList<>();
  private @Nullable Opened opened;
  private @Nullable Judgement judgement;
  private @Nullable Outcome end;
  private int calls = 1;
  private boolean ready;
  private double spentSeconds;

  Lane(Entrant entrant, Runner runner, RaceSettings settings) {
    this.entrant = entrant;
    this.runner = runner;
    this.settings = settings;
  }

  Entrant entrant() {
    return entrant;
  }

  boolean running() {
    return end == null;
  }

  private interface Step {
    void run() throws AbsentException, RunnerFailedException;
  }

  private void step(Step step) {
    if (!running()) {
      return;
    }
    try {
      step.run();
    } catch (AbsentException absent) {
      end(new Outcome.Absent(String.valueOf(absent.getMessage())));
    } catch (RunnerFailedException failure) {
      end(new Outcome.Failed(String.valueOf(failure.getMessage())));
    }
  }

  private void end(Outcome outcome) {
    end = outcome;
    runner.close();
  }

  void open() {
    step(() -> opened = runner.open());
  }

  void judge(boolean thorough) {
    step(
        () -> {
          Judgement found = runner.judge(thorough);
          judgement = judgement == null ? found : worse(judgement, found);
          if (!found.verdict().passed() && opened != null) {
            end(new Outcome.Wrong(opened, found));
          }
        });
  }

  void warm() {
    step(
        () -> {
          double nanos = runner.warm(settings.warmUpSeconds());
          calls = LocalRunner.calls(nanos, settings.sampleSeconds());
          ready = nanos < LONG_CALL_NANOS;
        });
  }

  /** Takes a sample, unless its time is used up. */
  void sample() {
    if (!samples.isEmpty() && spentSeconds > settings.budgetSeconds()) {
      return;
    }
    step(
        () -> {
          Sample sample = runner.measure(calls, ready);
          spentSeconds += 1e-9 * sample.wallNanos();
          samples.add(sample);
        });
  }

  /** Ends it and says what came of it. */
  Outcome finish() {
    if (end == null && opened != null && judgement != null) {
      end(measured(opened, judgement));
    }
    if (end == null) {
      throw new IllegalStateException(entrant.label() + " was not opened and judged");
    }
    return end;
  }

  private Outcome measured(Opened first, Judgement judged) {
    return new Outcome.Measured(
        first,
        judged,
        MedianInterval.of(samples.stream().mapToDouble(Sample::nanosPerCall).toArray()),
        median(sample -> perCall(sample, sample.kernelNanos())),
        median(sample -> perCall(sample, sample.copyInNanos())),
        median(sample -> perCall(sample, sample.copyOutNanos())),
        total(Sample::cpuNanos) / total(Sample::wallNanos),
        calls);
  }

  private double total(ToDoubleFunction<Sample> value) {
    return samples.stream().mapToDouble(value).sum();
  }

  private static double perCall(Sample sample, long nanos) {
    return nanos < 0 ? Double.NaN : (double) nanos / sample.calls();
  }

  private double median(ToDoubleFunction<Sample> value) {
    double[] values = samples.stream().mapToDouble(value).toArray();
    return Double.isNaN(values[0]) ? Double.NaN : MedianInterval.of(values).median();
  }

  private static Judgement worse(Judgement a, Judgement b) {
    boolean first = a.verdict().maxBoundRatio() >= b.verdict().maxBoundRatio();
    return first ? a : b;
  }
}
