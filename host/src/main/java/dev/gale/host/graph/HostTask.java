package dev.gale.host.graph;

import dev.gale.host.device.HostDevice;
import dev.gale.host.exec.Grid;
import dev.gale.host.exec.GroupExecutor;
import dev.gale.host.exec.KernelFailure;
import dev.gale.host.exec.KernelFunction;
import dev.gale.host.exec.WorkerPool;
import dev.gale.host.kernel.BarrierScan;
import dev.gale.host.kernel.KernelMethod;
import dev.gale.host.kernel.TaskFunction;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.profiler.TornadoProfiler;

/** One task of a task graph: a lambda, its arguments, and the kernel made of them. */
public final class HostTask implements SchedulableTask {

  private final String graphName;
  private final String id;
  private final Object[] arguments;
  private final HostTaskContext meta;
  private final Optional<Method> method;
  private final KernelFunction function;
  private final boolean usesContext;
  private final boolean hasBarriers;
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
    this.method = KernelMethod.of(code);
    this.function = TaskFunction.of(code);
    this.usesContext = Arrays.stream(arguments).anyMatch(KernelContext.class::isInstance);
    this.hasBarriers = usesContext && method.map(BarrierScan::reachesBarrier).orElse(true);
  }

  /**
   * Runs the kernel and returns when it is done.
   *
   * @param grids the grid scheduler of the plan
   * @throws TornadoRuntimeException when the kernel throws, or when it uses a {@code KernelContext} and {@code grids}
   *     has no worker grid for it
   */
  public void run(@Nullable GridScheduler grids) {
    try {
      if (usesContext) {
        Grid grid = Grid.of(getFullName(), workerGrid(grids));
        GroupExecutor.run(WorkerPool.shared(), grid, function, arguments, hasBarriers);
      } else {
        function.call(arguments);
      }
    } catch (KernelFailure failure) {
      throw taskFailure(failure.thrown());
    } catch (Throwable t) {
      throw taskFailure(t);
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

  /** The method the task runs, where it can be told. */
  public Optional<Method> method() {
    return method;
  }

  @Override
  public Object[] getArguments() {
    return arguments;
  }

  @Override
  public Access[] getArgumentsAccess() {
    Access[] accesses = new Access[arguments.length];
    Arrays.fill(accesses, Access.READ_WRITE);
    return accesses;
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
    return method.map(Method::getName).orElse(id);
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
