package dev.gale.cli.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gale.tasks.device.DeviceInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker tells its parent while it works: one JSON object a line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkerEvent.Found.class, name = "found"),
  @JsonSubTypes.Type(value = WorkerEvent.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = WorkerEvent.Result.class, name = "result"),
  @JsonSubTypes.Type(value = WorkerEvent.Failure.class, name = "failure")
})
public sealed interface WorkerEvent {

  /**
   * Sent before any work.
   *
   * @param devices the devices of the worker's runtime
   * @param chosen the name of the one that will work; null if the one that was asked for is not among them
   */
  record Found(List<DeviceInfo> devices, @Nullable String chosen) implements WorkerEvent {}

  /**
   * Where the work stands.
   *
   * @param job the job's place in the request
   * @param what what is being done now
   * @param done runs finished
   * @param of runs in all
   * @param onDevice whether the device is at work: then silence beyond the time limit means that it hangs
   */
  record Progress(int job, String what, int done, int of, boolean onDevice)
      implements WorkerEvent {}

  /**
   * A job is done.
   *
   * @param job the job's place in the request
   */
  record Result(int job, JobResult result) implements WorkerEvent {}

  /**
   * A job could not be done.
   *
   * @param job the job's place in the request; -1 when no job could be begun
   * @param status the exit status it calls for
   * @param message one line
   */
  record Failure(int job, int status, String message) implements WorkerEvent {}
}
