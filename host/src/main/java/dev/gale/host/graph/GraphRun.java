package dev.gale.host.graph;

import dev.gale.host.device.Unsupported;
import dev.gale.host.memory.DeviceObject;
import dev.gale.host.memory.GraphMemory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Executes one graph, again and again: transfers in, tasks in order, transfers out. */
public final class GraphRun {

  private static final long NO_PLAN = -1;
  private static final String DEVICE_MEMORY = "tornado.device.memory";

  private final GraphRecord graph;
  private final GraphOptions options = new GraphOptions();
  private final GraphProfile profile = new GraphProfile();
  private final GraphMemory memory = new GraphMemory();
  private @Nullable Usages usages;
  private long plan = NO_PLAN;
  private int deviceResets;
  private boolean executed;
  private boolean compileReported;

  /**
   * Prepares to execute a graph.
   *
   * @param graph the graph
   */
  public GraphRun(GraphRecord graph) {
    this.graph = graph;
    this.deviceResets = graph.device().resets();
  }

  /** What the plan has set. */
  public GraphOptions options() {
    return options;
  }

  /** The profiler's values. */
  public GraphProfile profile() {
    return profile;
  }

  /** Notes that the plan has other graphs. */
  public void setOneOfSeveral() {
    memory.setOneOfSeveral();
  }

  /**
   * Executes the graph.
   *
   * @param frame what the plan has set for all its graphs
   */
  public void execute(ExecutorFrame frame) {
    long begin = System.nanoTime();
    ProfilerMode mode =
        frame.getProfilerMode() != null ? frame.getProfilerMode() : options.profilerMode();
    GridScheduler grids =
        options.useDefaultScheduler()
            ? null
            : options.gridScheduler() != null ? options.gridScheduler() : frame.getGridScheduler();
    checkSupported();
    profile.clear();
    prepare(frame);
    Usages use = usages();
    long prepared = System.nanoTime();
    copyIn(mode != null);
    long copied = System.nanoTime();
    long kernelNanos = 0;
    for (HostTask task : graph.tasks()) {
      kernelNanos += run(task, grids, mode);
    }
    memory.define(use.written());
    long ran = System.nanoTime();
    copyOut(use, mode != null);
    executed = true;
    if (mode != null) {
      long end = System.nanoTime();
      profile.add(ProfilerType.COPY_IN_TIME, Math.max(1, copied - prepared));
      profile.add(ProfilerType.COPY_OUT_TIME, Math.max(1, end - ran));
      profile.add(ProfilerType.TOTAL_KERNEL_TIME, kernelNanos);
      profile.add(ProfilerType.TOTAL_DISPATCH_KERNEL_TIME, Math.max(1, ran - copied - kernelNanos));
      profile.add(ProfilerType.TOTAL_DISPATCH_DATA_TRANSFERS_TIME, Math.max(1, prepared - begin));
      profile.add(ProfilerType.ALLOCATION_BYTES, memory.bytes());
      reportCompileTime();
      profile.add(ProfilerType.TOTAL_TASK_GRAPH_TIME, end - begin);
      report(mode);
    }
  }

  private void report(ProfilerMode mode) {
    profile.log(graph.name());
    if (mode == ProfilerMode.CONSOLE) {
      System.out.print(profile.json(graph.name()));
    }
  }

  private void reportCompileTime() {
    if (!compileReported) {
      profile.add(ProfilerType.TOTAL_GRAAL_COMPILE_TIME, compileNanos());
      compileReported = true;
    }
  }

  private long compileNanos() {
    return graph.tasks().stream().mapToLong(HostTask::compileNanos).sum();
  }

  private void checkSupported() {
    if (!graph.unsupported().isEmpty()) {
      throw Unsupported.feature(graph.unsupported().getFirst());
    }
  }

  /** Sets memory aside and takes over what other graphs have left. */
  private void prepare(ExecutorFrame frame) {
    if (graph.device().resets() != deviceResets) {
      memory.free();
      executed = false;
      compileReported = false;
      deviceResets = graph.device().resets();
    }
    plan = frame.getExecutionPlanId();
    graph.device().registerPlan(plan);
    PlanGraphs.register(plan, graph.name(), this);
    if (!executed) {
      if (options.batches()) {
        Batches.check(graph);
      }
      linkConsumed();
      usages().all().forEach(memory::allocate);
      checkLimit();
    } else if (memory.isOneOfSeveral()) {
      linkConsumed();
    }
    if (options.threadInfo()) {
      graph.tasks().forEach(t -> System.out.println(ThreadInfo.of(t)));
    }
  }

  private Usages usages() {
    if (usages == null) {
      usages = new Usages(graph);
    }
    return usages;
  }

  private void checkLimit() {
    long bytes = memory.bytes();
    if (bytes > options.memoryLimit()) {
      memory.free();
      throw new TornadoMemoryException(
          "graph %s: needs %d bytes on the device, withMemoryLimit allows %d"
              .formatted(graph.name(), bytes, options.memoryLimit()));
    }
    String deviceMemory = Settings.read(DEVICE_MEMORY);
    if (deviceMemory != null && bytes > ByteSize.parse(DEVICE_MEMORY, deviceMemory)) {
      memory.free();
      throw new TornadoOutOfMemoryException(
          "graph %s: needs %d bytes on the device, -D%s=%s allows less"
              .formatted(graph.name(), bytes, DEVICE_MEMORY, deviceMemory));
    }
  }

  private void linkConsumed() {
    for (Map.Entry<String, List<Object>> entry : graph.consumed().entrySet()) {
      for (Object object : entry.getValue()) {
        memory.link(object, source(entry.getKey(), object));
      }
    }
  }

  private DeviceObject source(String sourceGraph, Object object) {
    // A graph that consumes without saying from where passes its own name.
    GraphRun source =
        sourceGraph.equals(graph.name())
            ? PlanGraphs.last(plan, g -> g != this && g.memory.isDefined(object))
            : PlanGraphs.find(plan, sourceGraph);
    DeviceObject found = source == null ? null : source.memory.get(object);
    if (found == null && sourceGraph.equals(graph.name())) {
      found = memory.get(object);
    }
    if (found == null) {
      throw new TornadoRuntimeException(
          "graph %s: consumes a %s from graph %s, which has not left it on the device"
              .formatted(graph.name(), object.getClass().getSimpleName(), sourceGraph));
    }
    return found;
  }

  private void copyIn(boolean count) {
    for (Transfer input : graph.inputs()) {
      if (input.atEveryExecution()) {
        memory.copyIn(input.object());
      }
      if (count && (input.atEveryExecution() || (!executed && !input.underDemand()))) {
        profile.add(ProfilerType.TOTAL_COPY_IN_SIZE_BYTES, GraphMemory.bytesOf(input.object()));
      }
    }
  }

  private void copyOut(Usages use, boolean count) {
    for (Transfer output : graph.outputTransfers()) {
      // What no task writes is on the host already, and the program may have changed it there.
      if (!output.underDemand() && use.written().contains(output.object())) {
        memory.copyOut(output.object());
        if (count) {
          profile.add(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES, GraphMemory.bytesOf(output.object()));
        }
      }
    }
  }

  private long run(HostTask task, @Nullable GridScheduler grids, @Nullable ProfilerMode mode) {
    if (options.printKernel()) {
      System.out.print(task.listing());
    }
    long begin = System.nanoTime();
    task.run(grids, memory::device);
    // A clock too coarse to see a short kernel must not make it look as if none had run.
    long nanos = Math.max(1, System.nanoTime() - begin);
    if (mode != null) {
      String name = task.getFullName();
      profile.setTask(name, ProfilerType.BACKEND, "HOST");
      profile.setTask(name, ProfilerType.METHOD, task.report().toString());
      profile.setTask(name, ProfilerType.DEVICE_ID, "0:0");
      profile.setTask(
          name, ProfilerType.DEVICE, graph.device().getPhysicalDevice().getDeviceName());
      profile.setTask(name, ProfilerType.TASK_COMPILE_GRAAL_TIME, task.compileNanos());
      profile.setTask(name, ProfilerType.TASK_KERNEL_TIME, nanos);
    }
    return nanos;
  }

  /**
   * Prepares all an execution needs, but runs no task: kernels are made when tasks are added, so what is left is memory.
   *
   * @param frame what the plan has set for all its graphs
   */
  public void preCompile(ExecutorFrame frame) {
    checkSupported();
    graph.device().registerPlan(frame.getExecutionPlanId());
    profile.clear();
    profile.add(ProfilerType.TOTAL_GRAAL_COMPILE_TIME, compileNanos());
  }

  /** Whether a worker grid is registered for one of the tasks. */
  public boolean isGridRegistered() {
    GridScheduler grids = options.gridScheduler();
    return grids != null
        && graph.tasks().stream().anyMatch(t -> grids.keySet().contains(t.getFullName()));
  }

  /**
   * Copies objects to the host.
   *
   * @param objects arguments of this graph; those of the plan's other graphs are left to them
   */
  public void transferToHost(Object... objects) {
    for (Object object : objects) {
      if (holds(object)) {
        long begin = System.nanoTime();
        memory.copyOut(object);
        countTransfer(begin, GraphMemory.bytesOf(object));
      }
    }
  }

  /**
   * Copies a part of an object to the host.
   *
   * @param object an argument of this graph
   * @param offset where the part begins, in bytes, the array's header included
   * @param bytes how long it is
   */
  public void transferToHost(Object object, long offset, long bytes) {
    if (holds(object)) {
      long begin = System.nanoTime();
      memory.copyOut(object, offset - TornadoNativeArray.ARRAY_HEADER, bytes);
      countTransfer(begin, bytes);
    }
  }

  private boolean holds(Object object) {
    if (memory.get(object) == null) {
      if (executed && !memory.isOneOfSeveral() && !graph.hasCapturingTask()) {
        throw new TornadoRuntimeException(
            "transferToHost of a %s: graph %s has no such object on the device"
                .formatted(object.getClass().getSimpleName(), graph.name()));
      }
      return false;
    }
    // A copy that was only read holds nothing new, and the host's object may have changed since.
    return usages().written().contains(object) || graph.consumes(object);
  }

  private void countTransfer(long begin, long bytes) {
    profile.add(ProfilerType.COPY_OUT_TIME, Math.max(1, System.nanoTime() - begin));
    profile.add(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES, bytes);
  }

  /**
   * Makes an object of this graph a view of a part of another graph's object.
   *
   * @param destination the object of this graph
   * @param source the object of the other graph
   * @param offset the element of {@code source} where the view begins
   * @param from the other graph
   */
  public void map(Object destination, Object source, long offset, GraphRun from) {
    DeviceObject object = from.memory.get(source);
    if (object == null) {
      throw new TornadoRuntimeException(
          "mapOnDeviceMemoryRegion: graph %s has not put the source on the device"
              .formatted(from.graph.name()));
    }
    memory.map(destination, object, offset);
  }

  /** Gives the device memory back. */
  public void free() {
    memory.free();
    executed = false;
    if (plan != NO_PLAN) {
      PlanGraphs.forget(plan, graph.name());
    }
  }

  /** Bytes this graph holds on the device. */
  public long bytesOnDevice() {
    return memory.bytes();
  }
}
