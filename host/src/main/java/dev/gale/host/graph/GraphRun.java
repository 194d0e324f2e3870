package dev.gale.host.graph;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;

/** Executes one graph, again and again. */
public final class GraphRun {

  private final GraphRecord graph;
  private final GraphOptions options = new GraphOptions();
  private final GraphProfile profile = new GraphProfile();
  private boolean executed;

  /**
   * Prepares to execute a graph.
   *
   * @param graph the graph; not changed from now on
   */
  public GraphRun(GraphRecord graph) {
    this.graph = graph;
  }

  /** What the plan has set. */
  public GraphOptions options() {
    return options;
  }

  /** The profiler's values. */
  public GraphProfile profile() {
    return profile;
  }

  /** Executes: transfers in, tasks in order, transfers out. */
  public void execute(ExecutorFrame frame) {
    long begin = System.nanoTime();
    graph.device().registerPlan(frame.getExecutionPlanId());
    ProfilerMode mode =
        frame.getProfilerMode() != null ? frame.getProfilerMode() : options.profilerMode();
    GridScheduler grids =
        options.gridScheduler() != null ? options.gridScheduler() : frame.getGridScheduler();
    profile.clear();
    long bytesIn = 0;
    for (Transfer input : graph.inputs()) {
      if (input.atEveryExecution() || !executed) {
        bytesIn += ObjectBytes.of(input.object());
      }
    }
    long kernelNanos = 0;
    for (HostTask task : graph.tasks()) {
      kernelNanos += run(task, grids, mode);
    }
    long bytesOut = 0;
    for (Transfer output : graph.outputTransfers()) {
      if (!output.underDemand()) {
        bytesOut += ObjectBytes.of(output.object());
      }
    }
    executed = true;
    if (mode != null) {
      profile.add(ProfilerType.TOTAL_KERNEL_TIME, kernelNanos);
      profile.add(ProfilerType.TOTAL_COPY_IN_SIZE_BYTES, bytesIn);
      profile.add(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES, bytesOut);
      profile.add(ProfilerType.TOTAL_TASK_GRAPH_TIME, System.nanoTime() - begin);
      profile.log(graph.name());
      if (mode == ProfilerMode.CONSOLE) {
        System.out.print(profile.json(graph.name()));
      }
    }
  }

  private long run(HostTask task, @Nullable GridScheduler grids, @Nullable ProfilerMode mode) {
    long begin = System.nanoTime();
    task.run(grids);
    // A clock too coarse to see a short kernel must not make it look as if none had run.
    long nanos = Math.max(1, System.nanoTime() - begin);
    if (mode != null) {
      profile.setTask(task.getFullName(), ProfilerType.TASK_KERNEL_TIME, nanos);
      profile.setTask(task.getFullName(), ProfilerType.METHOD, task.getTaskName());
      profile.setTask(
          task.getFullName(),
          ProfilerType.DEVICE,
          graph.device().getPhysicalDevice().getDeviceName());
      profile.setTask(task.getFullName(), ProfilerType.DEVICE_ID, "0:0");
      profile.setTask(task.getFullName(), ProfilerType.BACKEND, "HOST");
    }
    return nanos;
  }

  /** Prepares everything an execution needs, but runs no task. */
  public void preCompile(ExecutorFrame frame) {
    graph.device().registerPlan(frame.getExecutionPlanId());
  }

  /** Whether a worker grid is registered for one of the tasks. */
  public boolean isGridRegistered() {
    GridScheduler grids = options.gridScheduler();
    return grids != null
        && graph.tasks().stream().anyMatch(t -> grids.keySet().contains(t.getFullName()));
  }

  /** Copies objects to the host. */
  public void transferToHost(Object... objects) {
    for (Object object : objects) {
      profile.add(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES, ObjectBytes.of(object));
    }
  }

  /** Copies a part of an object to the host. */
  public void transferToHost(Object object, long offset, long bytes) {
    profile.add(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES, bytes);
  }

  /** Gives the device memory back. */
  public void free() {
    executed = false;
  }

  /** Bytes this graph holds on the device. */
  public long bytesOnDevice() {
    return executed ? graph.arguments().stream().mapToLong(ObjectBytes::of).sum() : 0;
  }
}
