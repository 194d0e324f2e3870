package dev.gale.cli.process;

import dev.gale.cli.work.WorkerEvent;
import dev.gale.tasks.device.DeviceInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a worker.
 *
 * @param devices the devices of its runtime; null if it did not get that far
 * @param chosen the name of the device that works; null if the runtime lacks the one that was asked for
 * @param results of the jobs that were done
 * @param failures of those that could not be
 * @param death how the process ended, when it did not end by itself in good order; else null
 */
record WorkerOutcome(
    @Nullable List<DeviceInfo> devices,
    @Nullable String chosen,
    List<WorkerEvent.Result> results,
    List<WorkerEvent.Failure> failures,
    @Nullable String death) {

  /** A worker that did not even start. */
  static WorkerOutcome notStarted(String reason) {
    return new WorkerOutcome(null, null, List.of(), List.of(), reason);
  }

  /** Why its devices are not known; null if they are. */
  @Nullable String discoveryFailure() {
    if (devices != null) {
      return null;
    }
    if (death != null) {
      return death;
    }
    return failures.isEmpty() ? "it says nothing" : failures.getFirst().message();
  }
}
