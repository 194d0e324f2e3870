package dev.gale.cli.process;

import dev.gale.cli.common.ExitStatus;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.WorkerEvent;
import dev.gale.cli.work.WorkerRequest;
import dev.gale.tasks.device.DeviceInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs jobs on devices, each device's in a process of its own, one after the other so that they don't slow each other. */
public final class Dispatcher {

  /** Follows the work. */
  public interface Listener {
    /** Something that people should know and that is no failure: why the device is not the one they may expect. */
    void note(String line);

    void event(WorkerEvent event);
  }

  private static final String HOST = "host";

  private final Surroundings surroundings;
  private final Sdk sdk;
  private final @Nullable Integer threads;
  private final WorkerRuntime host;
  private final Duration limit;
  private final Listener listener;

  /**
   * @param threads how many compute on a device that is this machine's processor; null for all
   * @param limit how long a device may be silent before it counts as hung
   */
  public Dispatcher(
      Surroundings surroundings, @Nullable Integer threads, Duration limit, Listener listener) {
    this.threads = threads;
    this.host = new WorkerRuntime.Host(surroundings, threads);
    this.surroundings = surroundings;
    this.sdk = Sdk.find(surroundings);
    this.limit = limit;
    this.listener = listener;
  }

  /** The rows of a request: for each device the jobs in their order. */
  public List<Row> run(DeviceChoice choice, List<Job> jobs) {
    return switch (choice) {
      case DeviceChoice.Best _ -> best(jobs);
      case DeviceChoice.One one -> one(one, jobs);
      case DeviceChoice.All _ -> all(jobs);
    };
  }

  /** The devices of this machine, the runtimes asked at the same time. */
  public DeviceList devices() {
    var asked = CompletableFuture.supplyAsync(() -> list(host));
    WorkerOutcome fromSdk = sdk instanceof Sdk.Installed found ? list(tornado(found)) : null;
    List<DeviceInfo> devices = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean failed = sdk instanceof Sdk.Broken;
    if (fromSdk != null) {
      String failure = fromSdk.discoveryFailure();
      failed |= failure != null;
      if (failure != null) {
        notes.add(sdkName() + ": " + failure);
      } else if (fromSdk.devices() != null) {
        devices.addAll(fromSdk.devices());
      }
    } else {
      notes.add(sdkName());
    }
    WorkerOutcome fromHost = asked.join();
    if (fromHost.devices() != null) {
      devices.addAll(fromHost.devices());
    } else {
      failed = true;
      notes.add(host.name() + ": " + fromHost.discoveryFailure());
    }
    return new DeviceList(List.copyOf(devices), List.copyOf(notes), failed);
  }

  private List<Row> best(List<Job> jobs) {
    if (sdk instanceof Sdk.Installed found) {
      WorkerOutcome outcome = work(tornado(found), WorkerRequest.BEST, jobs);
      String failure = outcome.discoveryFailure();
      if (outcome.chosen() != null) {
        return rows(outcome.chosen(), jobs, outcome);
      }
      listener.note(
          sdkName()
              + (failure == null ? " has no device" : " cannot list its devices: " + failure)
              + "; the best device found is host:0");
    } else if (sdk instanceof Sdk.Broken broken) {
      listener.note(broken.reason() + "; the best device found is host:0");
    }
    return rows("host:0", jobs, work(host, WorkerRequest.BEST, jobs));
  }

  private List<Row> one(DeviceChoice.One one, List<Job> jobs) {
    String device = one.id().toString();
    WorkerRuntime runtime = runtimeOf(one.id().backend());
    if (runtime == null) {
      return missing(device, jobs);
    }
    WorkerOutcome outcome = work(runtime, device, jobs);
    boolean missing = outcome.devices() != null && outcome.chosen() == null;
    return missing ? missing(device, jobs) : rows(device, jobs, outcome);
  }

  private List<Row> all(List<Job> jobs) {
    DeviceList list = devices();
    List<Row> rows = new ArrayList<>();
    if (list.failed()) {
      // A runtime that is there and can't even list its devices is a row of its own.
      for (Job job : jobs) {
        rows.add(new Row("tornadovm", job, failed(String.join("; ", list.notes()))));
      }
    }
    for (DeviceInfo device : list.devices()) {
      rows.addAll(one(new DeviceChoice.One(device.id()), jobs));
    }
    return rows;
  }

  private List<Row> missing(String device, List<Job> jobs) {
    String message = devices().notFound(device);
    return jobs.stream().map(job -> new Row(device, job, failed(message))).toList();
  }

  private static List<Row> rows(String device, List<Job> jobs, WorkerOutcome outcome) {
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < jobs.size(); j++) {
      rows.add(new Row(device, jobs.get(j), outcome(device, j, outcome)));
    }
    return rows;
  }

  private static Row.Outcome outcome(String device, int job, WorkerOutcome outcome) {
    for (WorkerEvent.Result result : outcome.results()) {
      if (result.job() == job) {
        return new Row.Computed(result.result());
      }
    }
    for (WorkerEvent.Failure failure : outcome.failures()) {
      if (failure.job() == job || failure.job() < 0) {
        return new Row.Failed(failure.status(), failure.message());
      }
    }
    String death = outcome.death();
    return failed("device " + device + ": " + (death == null ? "gave no result" : death));
  }

  private static Row.Failed failed(String message) {
    return new Row.Failed(ExitStatus.DEVICE_FAILED, message);
  }

  private WorkerOutcome work(WorkerRuntime runtime, String device, List<Job> jobs) {
    return WorkerProcess.run(runtime, new WorkerRequest(device, jobs), limit, listener::event);
  }

  private WorkerOutcome list(WorkerRuntime runtime) {
    return WorkerProcess.run(runtime, WorkerRequest.list(), limit, _ -> {});
  }

  private @Nullable WorkerRuntime runtimeOf(String backend) {
    if (backend.equals(HOST)) {
      return host;
    }
    return sdk instanceof Sdk.Installed found ? tornado(found) : null;
  }

  private WorkerRuntime tornado(Sdk.Installed found) {
    return new WorkerRuntime.Tornado(found, surroundings, threads, limit);
  }

  private String sdkName() {
    return switch (sdk) {
      case Sdk.Installed found -> "TornadoVM at " + found.home();
      case Sdk.Broken broken -> broken.reason();
      case Sdk.Absent absent -> absent.reason();
    };
  }
}
