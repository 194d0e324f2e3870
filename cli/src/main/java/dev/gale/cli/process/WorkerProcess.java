package dev.gale.cli.process;

import dev.gale.cli.work.Json;
import dev.gale.cli.work.WorkerEvent;
import dev.gale.cli.work.WorkerRequest;
import dev.gale.tasks.device.DeviceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one request in a JVM of its own and sees it through: its answers, its death, or its silence.
 *
 * <p>The worker's standard input is a pipe that nothing is written to: when this process dies, the pipe ends, and the
 * worker ends itself.
 */
final class WorkerProcess {

  private static final long POLL_MILLIS = 10;

  private final Path directory;
  private final Duration limit;
  private final Consumer<WorkerEvent> listener;

  private @Nullable List<DeviceInfo> devices;
  private @Nullable String chosen;
  private final List<WorkerEvent.Result> results = new ArrayList<>();
  private final List<WorkerEvent.Failure> failures = new ArrayList<>();

  private boolean onDevice = true;
  private String doing = "starting";
  private long lastSign = System.nanoTime();

  private WorkerProcess(Path directory, Duration limit, Consumer<WorkerEvent> listener) {
    this.directory = directory;
    this.limit = limit;
    this.listener = listener;
  }

  /**
   * Runs a request.
   *
   * @param runtime the runtime to start the JVM with
   * @param limit how long the device may be silent
   * @param listener told of every event as it arrives
   */
  static WorkerOutcome run(
      WorkerRuntime runtime,
      WorkerRequest request,
      Duration limit,
      Consumer<WorkerEvent> listener) {
    try (PrivateDirectory directory = PrivateDirectory.create()) {
      WorkerOutcome outcome =
          new WorkerProcess(directory.path(), limit, listener).run(runtime, request);
      if (outcome.death() != null) {
        directory.keep();
      }
      return outcome;
    } catch (WorkerFailedException failure) {
      return WorkerOutcome.notStarted(String.valueOf(failure.getMessage()));
    } catch (IOException failure) {
      return WorkerOutcome.notStarted("worker process not started: " + failure);
    }
  }

  private WorkerOutcome run(WorkerRuntime runtime, WorkerRequest request)
      throws WorkerFailedException, IOException {
    Path eventFile = Files.createFile(directory.resolve("events.jsonl"));
    Files.writeString(directory.resolve("request.json"), Json.line(request));
    Path log = directory.resolve("worker.log");
    ProcessBuilder builder =
        new ProcessBuilder(runtime.command(directory))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(runtime.environment());
    LargePages.askFor(builder.environment());
    Process process = Ending.process(builder::start);
    try (EventReader<WorkerEvent> events = new EventReader<>(eventFile, WorkerEvent.class)) {
      String death = follow(process, events, log);
      return new WorkerOutcome(devices, chosen, List.copyOf(results), List.copyOf(failures), death);
    } finally {
      process.destroyForcibly();
      Ending.forget(process);
    }
  }

  private @Nullable String follow(Process process, EventReader<WorkerEvent> events, Path log)
      throws IOException {
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        events.poll().forEach(this::take);
        Duration silence = Duration.ofNanos(System.nanoTime() - lastSign);
        if (onDevice && silence.compareTo(limit) > 0) {
          process.destroyForcibly().waitFor();
          return "no sign of life for "
              + limit.toSeconds()
              + " s ("
              + doing
              + "); its process was killed; log: "
              + log;
        }
      }
      Ending.holdIfEnding(process.exitValue());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
    events.poll().forEach(this::take);
    return process.exitValue() == 0
        ? null
        : Death.describe(process.exitValue(), directory, doing, log);
  }

  private void take(WorkerEvent event) {
    lastSign = System.nanoTime();
    switch (event) {
      case WorkerEvent.Found found -> {
        devices = found.devices();
        chosen = found.chosen();
      }
      case WorkerEvent.Progress progress -> {
        onDevice = progress.onDevice();
        doing = progress.what();
      }
      case WorkerEvent.Result result -> results.add(result);
      case WorkerEvent.Failure failure -> failures.add(failure);
    }
    listener.accept(event);
  }
}
