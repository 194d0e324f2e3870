package dev.gale.tasks.plan;

import dev.gale.kernels.guard.Keep;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A task graph under construction. Operators and models add their tasks to it, in the order in which they run; then
 * {@link #build} makes a {@link Plan} of it.
 */
public final class GraphBuilder {

  private static final AtomicLong COUNT = new AtomicLong();

  /** The first letters of the names of tasks that guard, and do no work of the operator. */
  static final String KEEP = "keep";

  private final Device device;
  private final PlanOptions options;
  private final String name;
  private final TaskGraph graph;
  private final GridScheduler grids = new GridScheduler();
  private boolean hasGrids;
  private boolean wholeStores;
  private int keepTasks;
  private final List<Object> outputs = new ArrayList<>();

  /**
   * @param name what the graph is called in TornadoVM's reports; made unique here
   * @param device where it will run
   * @param options how buffers are treated
   */
  public GraphBuilder(String name, Device device, PlanOptions options) {
    this.name = name + COUNT.incrementAndGet();
    this.device = device;
    this.options = options;
    this.graph = new TaskGraph(this.name);
  }

  public Device device() {
    return device;
  }

  public PlanOptions options() {
    return options;
  }

  /** TornadoVM's own graph, for {@code task(...)}. */
  public TaskGraph graph() {
    return graph;
  }

  /** Declares inputs: copied to the device before the tasks run. */
  public GraphBuilder inputs(Object... buffers) {
    graph.transferToDevice(
        options.residentInputs()
            ? DataTransferMode.FIRST_EXECUTION
            : DataTransferMode.EVERY_EXECUTION,
        buffers);
    return this;
  }

  /** Declares parameters that never change once the plan is built: copied by the first run only. */
  public GraphBuilder constants(Object... buffers) {
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, buffers);
    return this;
  }

  /**
   * Declares outputs, to be called before the tasks are added: they are copied back after the last task, unless they
   * are to be resident, and, in a guarded plan, to the device first.
   */
  public GraphBuilder outputs(Object... buffers) {
    if (options.guarded()) {
      for (Object buffer : buffers) {
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, buffer);
        keep(buffer);
      }
    }
    outputs.addAll(List.of(buffers));
    return this;
  }

  /** Without it, a buffer that the graph's kernels only write would not be copied to the device. */
  private void keep(Object buffer) {
    if (buffer instanceof FloatArray floats) {
      graph.task(KEEP + keepTasks++, Keep::keep, floats, floats.getSize());
    } else {
      throw new IllegalArgumentException(
          "output: a " + buffer.getClass().getSimpleName() + ", expected a FloatArray to guard");
    }
  }

  /**
   * A buffer of this graph that lives on the device, for its tasks to work in, and is never copied back.
   *
   * @param elements its length
   */
  public FloatArray intermediate(int elements) {
    FloatArray buffer = new FloatArray(elements);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, buffer);
    return buffer;
  }

  /**
   * Sets the grid of a {@code KernelContext} task.
   *
   * @param task the task's name within this graph
   * @param grid its global and local sizes
   */
  public GraphBuilder grid(String task, WorkerGrid grid) {
    grids.addWorkerGrid(name + "." + task, grid);
    hasGrids = true;
    return this;
  }

  /**
   * Cuts the {@code @Parallel} loops of a task into work-groups, on a processor behind a backend: what TornadoVM
   * chooses there, 16 to 64 items a dimension, can be a single group, and so a single core. Elsewhere TornadoVM chooses.
   *
   * @param task the task's name within this graph
   * @param most items that a group may have: as many as make the cost of starting a group small; fewer are taken where
   *     groups would be too few to keep all cores busy, or where they would not divide the outer loop
   * @param items iterations of the loops, which they must be exactly, outermost first: one or two
   */
  public GraphBuilder groups(String task, int most, int... items) {
    if (device.info().kind() == DeviceKind.CPU) {
      grid(task, LoopGroups.of(device.info().computeUnits(), most, items));
    }
    return this;
  }

  /**
   * Has a processor behind OpenCL store 16 elements by one instruction where its driver takes several, in all tasks of the graph: for those
   * that read what they have stored by vectors too, if at all soon. Decoding, which reads single lanes, becomes slower.
   * There a cast of a float to an int in the same graph no longer makes 0 of NaN either, but says nothing: for kernels that only cast what is no NaN, or do not depend on
   * what a NaN is cast to.
   */
  public GraphBuilder wholeStores() {
    wholeStores = true;
    return this;
  }

  /**
   * Adds tasks, for their failures to be the device's: TornadoVM reads a kernel, and may refuse it, when its task is
   * added.
   *
   * @param tasks adds them to this graph
   * @throws IllegalArgumentException as {@code tasks} throws it, for a request that is wrong
   * @throws DeviceFailedException for everything else that {@code tasks} throws
   */
  public GraphBuilder append(Runnable tasks) {
    try {
      tasks.run();
      return this;
    } catch (IllegalArgumentException | VirtualMachineError notOfTheDevice) {
      throw notOfTheDevice;
    } catch (RuntimeException | Error failure) {
      throw new DeviceFailedException(device, Failures.oneLine(failure), failure);
    }
  }

  /** Ends construction. */
  public Plan build() {
    graph.transferToHost(
        options.residentOutputs()
            ? DataTransferMode.UNDER_DEMAND
            : DataTransferMode.EVERY_EXECUTION,
        outputs.toArray());
    return new Plan(
        device, options, graph.snapshot(), outputs, hasGrids ? grids : null, wholeStores);
  }
}
