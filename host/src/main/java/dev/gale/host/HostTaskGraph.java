package dev.gale.host;

import dev.gale.host.device.HostDevice;
import dev.gale.host.device.Unsupported;
import dev.gale.host.graph.Devices;
import dev.gale.host.graph.GraphProfile;
import dev.gale.host.graph.GraphRecord;
import dev.gale.host.graph.GraphRun;
import dev.gale.host.graph.HostTask;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoTaskGraphInterface;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;
import uk.ac.manchester.tornado.api.runtime.TaskContextInterface;

/**
 * A task graph on the JVM device: records tasks and transfers, then executes them.
 *
 * <p>Named by {@code -Dtornado.load.api.implementation=dev.gale.host.HostTaskGraph}. Programs do not use this class:
 * they use TornadoVM's {@code TaskGraph}, {@code ImmutableTaskGraph} and {@code TornadoExecutionPlan}, which call it.
 */
public final class HostTaskGraph extends ProfiledGraph implements TornadoTaskGraphInterface {

  private final GraphRecord graph;
  private final GraphRun run;

  /**
   * Begins an empty graph. TornadoVM's API calls this through reflection.
   *
   * @param name the graph's name
   */
  public HostTaskGraph(String name) {
    this(new GraphRecord(name, HostRuntime.getTornadoRuntime().getDefaultHostDevice()));
  }

  private HostTaskGraph(GraphRecord graph) {
    this.graph = graph;
    this.run = new GraphRun(graph);
  }

  // Recording

  @Override
  public void addTask(TaskPackage taskPackage) {
    Object[] parameters = taskPackage.getTaskParameters();
    graph.addTask(
        taskPackage.getId(), parameters[0], Arrays.copyOfRange(parameters, 1, parameters.length));
  }

  @Override
  public void addPrebuiltTask(TaskPackage taskPackage) {
    throw Unsupported.feature(
        "prebuilt kernels (task " + graph.name() + "." + taskPackage.getId() + ")");
  }

  /** Added by a later release of the API; binds when it is there. */
  public void addLibraryTask(String id, LibraryTaskDescriptor descriptor) {
    graph.addUnsupportedTask(
        "library tasks (task %s.%s: %s.%s)"
            .formatted(
                graph.name(), id, descriptor.getLibraryName(), descriptor.getFunctionName()));
  }

  @Override
  public void transferToDevice(int mode, Object... objects) {
    graph.transferToDevice(mode, objects);
  }

  @Override
  public void transferToHost(int mode, Object... objects) {
    graph.transferToHost(mode, objects);
  }

  @Override
  public void consumeFromDevice(String sourceGraph, Object... objects) {
    graph.consumeFromDevice(sourceGraph, objects);
  }

  @Override
  public void consumeFromDevice(Object... objects) {
    graph.consumeFromDevice(graph.name(), objects);
  }

  @Override
  public TornadoTaskGraphInterface createImmutableTaskGraph() {
    return new HostTaskGraph(graph.copy());
  }

  // Executing

  @Override
  public TornadoTaskGraphInterface execute(ExecutorFrame frame) {
    run.execute(frame);
    return this;
  }

  @Override
  public void withPreCompilation(ExecutorFrame frame) {
    run.preCompile(frame);
  }

  @Override
  public void waitOn() {
    // Execution is synchronous: when execute returns, all is done.
  }

  @Override
  public boolean isFinished() {
    return true;
  }

  @Override
  public void syncRuntimeTransferToHost(Object... objects) {
    run.transferToHost(objects);
  }

  @Override
  public void syncRuntimeTransferToHost(Object object, long offset, long bytes) {
    run.transferToHost(object, offset, bytes);
  }

  @Override
  public void freeDeviceMemory() {
    run.free();
  }

  // Options

  @Override
  public void withGridScheduler(GridScheduler gridScheduler) {
    run.options().setGridScheduler(gridScheduler);
  }

  @Override
  public boolean isGridRegistered() {
    return run.isGridRegistered();
  }

  @Override
  public void useDefaultThreadScheduler(boolean use) {
    run.options().setUseDefaultScheduler(use);
  }

  @Override
  public void withBatch(String batchSize) {
    run.options().setBatch(batchSize);
  }

  @Override
  public void withMemoryLimit(String memoryLimit) {
    run.options().setMemoryLimit(memoryLimit);
  }

  @Override
  public void withoutMemoryLimit() {
    run.options().removeMemoryLimit();
  }

  @Override
  public void withThreadInfo() {
    run.options().setThreadInfo(true);
  }

  @Override
  public void withoutThreadInfo() {
    run.options().setThreadInfo(false);
  }

  @Override
  public void withPrintKernel() {
    run.options().setPrintKernel(true);
  }

  @Override
  public void withoutPrintKernel() {
    run.options().setPrintKernel(false);
  }

  @Override
  public void withCompilerFlags(TornadoVMBackendType backendType, String compilerFlags) {
    graph.meta().setCompilerFlags(backendType, compilerFlags);
  }

  @Override
  public void withConcurrentDevices() {
    // With one device every task already runs on all devices there are.
  }

  @Override
  public void withoutConcurrentDevices() {
    // With one device there is no concurrency between devices to switch off.
  }

  /** Added by a later release of the API; binds when it is there. */
  public void withCUDAGraph() {
    throw Unsupported.feature("CUDA graphs");
  }

  /** Added by a later release of the API; binds when it is there. */
  public void withIntraPlanConcurrency() {
    throw Unsupported.feature(
        "intra-plan concurrency: tasks run one after another, each on all cores");
  }

  /** Added by a later release of the API; binds when it is there. */
  public void withoutIntraPlanConcurrency() {
    // It is never on.
  }

  /** Added by a later release of the API; binds when it is there. */
  public void withStagedTransfers() {
    throw Unsupported.feature("staged transfers: the device works in the host's memory");
  }

  /** Added by a later release of the API; binds when it is there. */
  public void withoutStagedTransfers() {
    // They are never on.
  }

  @Override
  public void mapOnDeviceMemoryRegion(
      Object destination, Object source, long offset, TornadoTaskGraphInterface sourceGraph) {
    run.map(destination, source, offset, ((HostTaskGraph) sourceGraph).run);
  }

  // What TornadoVM's API asks

  @Override
  public String getId() {
    return graph.name();
  }

  @Override
  public String getTaskGraphName() {
    return graph.name();
  }

  @Override
  public @Nullable SchedulableTask getTask(String id) {
    return graph.task(id);
  }

  @Override
  public HostDevice getDevice() {
    return graph.device();
  }

  @Override
  public void setDevice(TornadoDevice device) {
    Devices.check(device);
  }

  @Override
  public void setDevice(String taskName, TornadoDevice device) {
    Devices.check(device);
  }

  @Override
  public TornadoDevice getDeviceForTask(String id) {
    return graph.device();
  }

  @Override
  public TaskContextInterface meta() {
    return graph.meta();
  }

  @Override
  public Set<Object> getArgumentsLookup() {
    return graph.arguments();
  }

  @Override
  public Collection<?> getOutputs() {
    return graph.outputs();
  }

  @Override
  public Map<String, List<Object>> getPersistedTaskToObjectsMap() {
    return graph.consumed();
  }

  @Override
  public void updatePersistedObjectState() {
    // Objects shared between graphs are looked up when a graph runs.
  }

  @Override
  public void updateObjectAccess() {
    // TornadoVM's API calls this for the graphs of a plan that has several.
    run.setOneOfSeveral();
  }

  @Override
  public void setLastExecutedTaskGraph(TornadoTaskGraphInterface lastExecutedTaskGraph) {
    // Objects shared between graphs are looked up by the plan they run in.
  }

  @Override
  public boolean isLastDeviceListEmpty() {
    return true;
  }

  @Override
  public void apply(Consumer<SchedulableTask> consumer) {
    graph.tasks().forEach(consumer);
  }

  @Override
  public void mapAllToInner(TornadoDevice device) {
    Devices.check(device);
  }

  @Override
  public void addInner(SchedulableTask task) {
    throw Unsupported.feature("addInner, a call of TornadoVM's runtime to itself");
  }

  @Override
  public void scheduleInner() {
    throw Unsupported.feature("scheduleInner, a call of TornadoVM's runtime to itself");
  }

  @Override
  public void dump() {
    System.out.print(graph.describe());
  }

  // Profiler

  @Override
  public void enableProfiler(ProfilerMode mode) {
    run.options().setProfilerMode(mode);
  }

  @Override
  public void disableProfiler() {
    run.options().setProfilerMode(null);
  }

  @Override
  public void clearProfiles() {
    profile().clear();
    profile().clearLog();
  }

  @Override
  public void dumpTimes() {
    System.out.print(profile().json(graph.name()));
  }

  @Override
  public void dumpProfiles() {
    System.out.print(profile().json(graph.name()));
  }

  @Override
  public void dumpEvents() {
    throw Unsupported.feature("event dumps: it has no command queue");
  }

  @Override
  public long getCurrentDeviceMemoryUsage() {
    return run.bytesOnDevice();
  }

  @Override
  GraphProfile profile() {
    return run.profile();
  }

  /** The tasks of this graph. */
  public List<HostTask> tasks() {
    return graph.tasks();
  }
}
