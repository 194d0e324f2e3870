package dev.gale.cli.report;

import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.Dispatcher;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.WorkerEvent;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on standard error: a bar on a terminal, a line a job elsewhere. */
public final class ProgressDisplay implements Dispatcher.Listener, AutoCloseable {

  private static final int WIDTH = 78;
  private static final int UPDATE_MILLIS = 100;

  private final Surroundings surroundings;
  private final List<Job> jobs;
  private String device = "";
  private int job = -1;
  private @Nullable ProgressBar bar;

  public ProgressDisplay(Surroundings surroundings, List<Job> jobs) {
    this.surroundings = surroundings;
    this.jobs = jobs;
  }

  @Override
  public void note(String line) {
    endBar();
    surroundings.err().println("gale: " + line);
  }

  @Override
  public void event(WorkerEvent event) {
    switch (event) {
      case WorkerEvent.Found found -> {
        device = found.chosen() == null ? "" : found.chosen();
        job = -1;
      }
      case WorkerEvent.Progress progress -> progress(progress);
      case WorkerEvent.Result _, WorkerEvent.Failure _ -> endBar();
    }
  }

  private void progress(WorkerEvent.Progress progress) {
    if (progress.job() != job) {
      job = progress.job();
      begin(progress);
    }
    if (bar != null) {
      bar.stepTo(progress.done());
      bar.setExtraMessage(" " + progress.what());
    }
  }

  private void begin(WorkerEvent.Progress progress) {
    Job begun = jobs.get(job);
    String name = begun.workload().operator() + " on " + device;
    if (!surroundings.terminal()) {
      surroundings
          .err()
          .println(
              name
                  + (begun.title() == null ? "" : ": " + begun.title())
                  + ", "
                  + progress.of()
                  + " runs ...");
      return;
    }
    endBar();
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(progress.of())
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(surroundings.err(), WIDTH))
            .clearDisplayOnFinish()
            .hideEta()
            .build();
  }

  private void endBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    endBar();
  }
}
