package dev.gale.host.graph;

import dev.gale.host.device.HostDevice;
import dev.gale.host.device.Unsupported;
import dev.gale.host.exec.Grid;
import dev.gale.host.exec.GroupExecutor;
import dev.gale.host.exec.GroupExecutor.Launch;
import dev.gale.host.exec.KernelFailure;
import dev.gale.host.exec.LoopKernel;
import dev.gale.host.exec.WorkerPool;
import dev.gale.host.kernel.CompiledKernel;
import dev.gale.host.kernel.KernelListing;
import dev.gale.host.kernel.KernelReport;
import dev.gale.host.kernel.TaskCode;
import java.lang.reflect.Method;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.profiler.TornadoProfiler;

/** One task of a task graph: a lambda, its arguments, and the kernel made of them. */
public final class HostTask implements SchedulableTask {

  /** Slices of a loop for each thread: enough for iterations that cost unequal time to even out. */
  private static final int SLICES_PER_THREAD = 8;

  private final String graphName;
  private final String id;
  private final Object[] arguments;
  private final HostTaskContext meta;
  private final TaskCode code;
  private final long compileNanos;
  private @Nullable GridScheduler gridScheduler;
  private @Nullable TornadoProfiler profiler;
  private boolean useGridScheduler;
  private long batchThreads;
  private int batchNumber;
  private long batchSize;

  /**
   * Prepares a task.
   *
   * @param graphName the name of its graph
   * @param id its name within the graph
   * @param code the lambda
   * @param arguments one for each parameter of the lambda
   * @param device the device it runs on
   */
  public HostTask(String graphName, String id, Object code, Object[] arguments, HostDevice device) {
    this.graphName = graphName;
    this.id = id;
    this.arguments = arguments;
    this.meta = new HostTaskContext(device);
    long begin = System.nanoTime();
    this.code = TaskCode.of(getFullName(), code, arguments);
    this.compileNanos = Math.max(1, System.nanoTime() - begin);
  }

  /**
   * Runs the kernel and returns when it is done.
   *
   * @param grids the grid scheduler of the plan
   * @param memory what the device has in place of an argument
   * @throws TornadoRuntimeException when the kernel throws, or when it uses a {@code KernelContext} and {@code grids}
   *     has no worker grid for it
   */
  public void run(@Nullable GridScheduler grids, UnaryOperator<Object> memory) {
    Object[] onDevice = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      onDevice[i] = memory.apply(arguments[i]);
    }
    try {
      switch (report().execution()) {
        case DIVIDED_LOOPS -> runLoops(onDevice, slices());
        case WORK_GROUPS -> runGroups(onDevice, grids, false);
        case WORK_GROUPS_WITH_BARRIERS -> runGroups(onDevice, grids, true);
        case SEQUENTIAL -> runOnOneThread(onDevice);
      }
    } catch (KernelFailure failure) {
      throw taskFailure(failure.thrown());
    } catch (Throwable t) {
      throw taskFailure(t);
    }
  }

  private void runLoops(Object[] onDevice, int slices) {
    LoopKernel kernel = code.kernel().loops().orElseThrow();
    Object[] all = code.kernelArguments(onDevice);
    WorkerPool.shared().run(slices, (slice, worker) -> kernel.run(all, slice, slices));
  }

  private static int slices() {
    int threads = WorkerPool.shared().threads();
    return threads == 1 ? 1 : threads * SLICES_PER_THREAD;
  }

  private void runGroups(Object[] onDevice, @Nullable GridScheduler grids, boolean barriers) {
    CompiledKernel kernel = code.kernel();
    boolean hasGrid = grids != null && grids.get(getFullName()) != null;
    if (!hasGrid && kernel.loops().isPresent()) {
      runLoops(GroupExecutor.withSingleItemContext(onDevice), slices());
      return;
    }
    Grid grid = Grid.of(getFullName(), workerGrid(grids));
    // A rewritten kernel takes what the lambda has captured as arguments too.
    Object[] all = kernel.groups().isPresent() ? code.kernelArguments(onDevice) : onDevice;
    GroupExecutor.run(
        WorkerPool.shared(),
        grid,
        new Launch(
            code.lambda(),
            kernel.groups().orElse(null),
            kernel.steps().orElse(null),
            all,
            barriers,
            kernel.boxing()));
  }

  private void runOnOneThread(Object[] onDevice) {
    code.kernel()
        .unsupported()
        .ifPresent(
            what -> {
              throw Unsupported.feature(what);
            });
    if (code.kernel().loops().isPresent()) {
      runLoops(onDevice, 1);
    } else {
      WorkerPool.shared().run(1, (slice, worker) -> code.lambda().call(onDevice));
    }
  }

  private WorkerGrid workerGrid(@Nullable GridScheduler grids) {
    WorkerGrid grid = grids == null ? null : grids.get(getFullName());
    if (grid == null) {
      throw new TornadoRuntimeException(
          "task %s: uses KernelContext and needs a worker grid; none is registered under that name"
              .formatted(getFullName()));
    }
    return grid;
  }

  private RuntimeException taskFailure(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof KernelFailure nested) {
      cause = nested.thrown();
    }
    if (cause instanceof Error error && !(error instanceof LinkageError)) {
      throw error;
    }
    String message = String.valueOf(cause.getMessage());
    String prefix = "task " + getFullName() + ": ";
    TornadoRuntimeException failure =
        new TornadoRuntimeException(
            cause instanceof TornadoRuntimeException
                ? (message.startsWith(prefix) ? message : prefix + message)
                : prefix + cause);
    failure.initCause(cause);
    return failure;
  }

  /** Whether the kernel reads the data of an argument. */
  boolean reads(int argument) {
    return code.kernel().effect().reads(code.captured().size() + argument);
  }

  /** Whether the kernel writes the data of an argument. */
  boolean writes(int argument) {
    return code.kernel().effect().writes(code.captured().size() + argument);
  }

  /** Whether the lambda has captured objects, which the kernel works on in place. */
  boolean hasCaptured() {
    return !code.captured().isEmpty();
  }

  /** The kernel in print. */
  String listing() {
    return KernelListing.of(getFullName(), code.method(), report());
  }

  /** How long it took to make the kernel, in nanoseconds. */
  long compileNanos() {
    return compileNanos;
  }

  /** How the task runs, and why. */
  public KernelReport report() {
    return code.kernel().report();
  }

  @Override
  public Object[] getArguments() {
    return arguments;
  }

  @Override
  public Access[] getArgumentsAccess() {
    Access[] accesses = new Access[arguments.length];
    for (int i = 0; i < accesses.length; i++) {
      boolean memory = GraphRecord.isMemory(arguments[i]);
      accesses[i] = access(!memory || reads(i), memory && writes(i));
    }
    return accesses;
  }

  private static Access access(boolean reads, boolean writes) {
    if (reads) {
      return writes ? Access.READ_WRITE : Access.READ_ONLY;
    }
    return writes ? Access.WRITE_ONLY : Access.NONE;
  }

  @Override
  public HostTaskContext meta() {
    return meta;
  }

  @Override
  public void setDevice(TornadoDevice device) {
    meta.setDevice(device);
  }

  @Override
  public TornadoDevice getDevice() {
    return meta.device();
  }

  @Override
  public String getFullName() {
    return graphName + "." + id;
  }

  @Override
  public String getNormalizedName() {
    return graphName + "_" + id;
  }

  @Override
  public String getTaskName() {
    return code.method().map(Method::getName).orElse(id);
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public void setBatchThreads(long batchThreads) {
    this.batchThreads = batchThreads;
  }

  @Override
  public long getBatchThreads() {
    return batchThreads;
  }

  @Override
  public void setBatchNumber(int batchNumber) {
    this.batchNumber = batchNumber;
  }

  @Override
  public int getBatchNumber() {
    return batchNumber;
  }

  @Override
  public void setBatchSize(long batchSize) {
    this.batchSize = batchSize;
  }

  @Override
  public long getBatchSize() {
    return batchSize;
  }

  @Override
  public void attachProfiler(TornadoProfiler tornadoProfiler) {
    this.profiler = tornadoProfiler;
  }

  @Override
  public @Nullable TornadoProfiler getProfiler() {
    return profiler;
  }

  @Override
  public void forceCompilation() {
    // The JVM compiles what runs often; there is nothing to force.
  }

  @Override
  public boolean shouldCompile() {
    return false;
  }

  @Override
  public void enableDefaultThreadScheduler(boolean useDefaultScheduler) {
    useGridScheduler = !useDefaultScheduler;
  }

  @Override
  public void setUseGridScheduler(boolean use) {
    useGridScheduler = use;
  }

  @Override
  public void setGridScheduler(GridScheduler gridScheduler) {
    this.gridScheduler = gridScheduler;
  }

  @Override
  public boolean isGridSchedulerEnabled() {
    return useGridScheduler && gridScheduler != null;
  }
}
