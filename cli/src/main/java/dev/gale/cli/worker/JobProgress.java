package dev.gale.cli.worker;

import dev.gale.cli.work.Job;
import dev.gale.cli.work.WorkerEvent;
import java.util.function.IntConsumer;

/** Tells the parent where a job stands. */
final class JobProgress implements IntConsumer {

  private final EventWriter events;
  private final int index;
  private final int runs;

  JobProgress(EventWriter events, int index, Job job) {
    this.events = events;
    this.index = index;
    this.runs = job.repeats() + 1;
  }

  /** Something that this JVM does on its own: it may take its time. */
  void busy(String what) {
    events.write(new WorkerEvent.Progress(index, what, 0, runs, false));
  }

  /** Something that the device has a part in: its time is limited. */
  void onDevice(String what) {
    events.write(new WorkerEvent.Progress(index, what, runs, runs, true));
  }

  /** The harness: so many runs are done, and the device goes on with the next. */
  @Override
  public void accept(int done) {
    String what = done == 0 ? "compiling" : "running";
    events.write(new WorkerEvent.Progress(index, what, done, runs, done < runs));
  }
}
