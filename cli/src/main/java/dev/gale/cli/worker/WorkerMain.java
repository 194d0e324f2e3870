package dev.gale.cli.worker;

import dev.gale.cli.common.ExitStatus;
import dev.gale.cli.common.GaleException;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.Json;
import dev.gale.cli.work.WorkerEvent;
import dev.gale.cli.work.WorkerRequest;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceNotFoundException;
import dev.gale.tasks.device.Devices;
import dev.gale.tasks.plan.DeviceFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The main class of worker processes. */
public final class WorkerMain {

  /** As the JVM ends with when nothing catches what is thrown. */
  private static final int UNCAUGHT = 1;

  private final EventWriter events;

  private WorkerMain(EventWriter events) {
    this.events = events;
  }

  /**
   * @param args the private directory, with {@code request.json} and {@code events.jsonl}
   */
  public static void main(String[] args) {
    int status = UNCAUGHT;
    Path directory = Path.of(args[0]);
    try (ParentWatch _ = ParentWatch.start();
        EventWriter events = new EventWriter(directory.resolve("events.jsonl"))) {
      // A runtime and a reader of JSON each take tenths of a second to start: both do so at once.
      var request = CompletableFuture.supplyAsync(() -> read(directory.resolve("request.json")));
      new WorkerMain(events).work(request);
      status = 0;
    } catch (Throwable failure) {
      // For the log.
      failure.printStackTrace();
    }
    // Not exit: a driver's threads and exit handlers have nothing to add, and some of them hang.
    Runtime.getRuntime().halt(status);
  }

  private static WorkerRequest read(Path file) {
    try {
      return Json.read(file, WorkerRequest.class);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void work(CompletableFuture<WorkerRequest> awaited) {
    Device device;
    WorkerRequest request;
    try {
      List<Device> all = Devices.all();
      request = awaited.join();
      device = choose(request.device(), all);
      events.write(
          new WorkerEvent.Found(
              all.stream().map(Device::info).toList(),
              device == null ? null : device.id().toString()));
    } catch (Exception | LinkageError failure) {
      fail(-1, ExitStatus.DEVICE_FAILED, oneLine(failure), failure);
      return;
    }
    if (device != null) {
      for (int j = 0; j < request.jobs().size(); j++) {
        work(device, j, request.jobs().get(j));
      }
    }
  }

  private static @Nullable Device choose(String wanted, List<Device> all) {
    try {
      return wanted.equals(WorkerRequest.BEST)
          ? Devices.best()
          : Devices.find(DeviceId.parse(wanted));
    } catch (DeviceNotFoundException missing) {
      return null;
    }
  }

  private void work(Device device, int index, Job job) {
    try {
      events.write(
          new WorkerEvent.Result(
              index, new JobRunner(device, job, new JobProgress(events, index, job)).run()));
    } catch (GaleException failure) {
      fail(index, failure.status(), String.valueOf(failure.getMessage()), failure);
    } catch (IllegalArgumentException wrong) {
      fail(index, ExitStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()), wrong);
    } catch (DeviceFailedException failure) {
      fail(index, ExitStatus.DEVICE_FAILED, "device " + failure.getMessage(), failure);
    } catch (Exception | LinkageError | OutOfMemoryError failure) {
      fail(
          index,
          ExitStatus.DEVICE_FAILED,
          "device " + device.id() + ": " + oneLine(failure),
          failure);
    }
  }

  private void fail(int index, int status, String message, Throwable failure) {
    // For the log.
    failure.printStackTrace();
    events.write(new WorkerEvent.Failure(index, status, message.strip().replaceAll("\\s+", " ")));
  }

  private static String oneLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
