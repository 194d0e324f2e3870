package dev.gale.host.graph;

import dev.gale.host.device.HostDevice;
import dev.gale.host.device.Unsupported;
import dev.gale.host.memory.GraphMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A task graph as the program described it: its tasks in order and which objects move when. */
public final class GraphRecord {

  private final String name;
  private final HostDevice device;
  private final HostTaskContext meta;
  private final List<HostTask> tasks = new ArrayList<>();
  private final List<Transfer> inputs = new ArrayList<>();
  private final List<Transfer> outputs = new ArrayList<>();
  private final Map<String, List<Object>> consumed = new LinkedHashMap<>();
  private final List<String> unsupported = new ArrayList<>();

  /**
   * Begins an empty graph.
   *
   * @param name the graph's name
   * @param device the device it will run on
   */
  public GraphRecord(String name, HostDevice device) {
    this.name = name;
    this.device = device;
    this.meta = new HostTaskContext(device);
  }

  /** The same graph, apart: what is added to one later is not added to the other. */
  public GraphRecord copy() {
    GraphRecord copy = new GraphRecord(name, device);
    copy.tasks.addAll(tasks);
    copy.inputs.addAll(inputs);
    copy.outputs.addAll(outputs);
    copy.unsupported.addAll(unsupported);
    consumed.forEach((graph, objects) -> copy.consumed.put(graph, new ArrayList<>(objects)));
    return copy;
  }

  /** Adds a task after the others. */
  public void addTask(String id, Object code, Object[] arguments) {
    for (Object argument : arguments) {
      checkArgument("task " + id, argument);
    }
    tasks.add(new HostTask(name, id, code, arguments, device));
  }

  /** Notes a task that can be described but not run; executing the graph throws. */
  public void addUnsupportedTask(String feature) {
    unsupported.add(feature);
  }

  /** What the graph contains that can not be run. */
  List<String> unsupported() {
    return unsupported;
  }

  /** Has objects copied to the device before the tasks run. */
  public void transferToDevice(int mode, Object... objects) {
    checkMode("transferToDevice", mode);
    for (Object object : objects) {
      checkArgument("transferToDevice", object);
      // Numbers are constants of the kernel, not memory.
      if (!isScalar(object)) {
        inputs.add(new Transfer(object, mode));
      }
    }
  }

  /** Has objects copied to the host after the tasks have run. */
  public void transferToHost(int mode, Object... objects) {
    checkMode("transferToHost", mode);
    for (Object object : objects) {
      checkArgument("transferToHost", object);
      if (isScalar(object)) {
        throw new TornadoRuntimeException(
            "graph %s: transferToHost of the %s %s: a number is passed by value and can not be an output"
                .formatted(name, object.getClass().getSimpleName(), object));
      }
      outputs.add(new Transfer(object, mode));
    }
  }

  /** Takes objects that another graph of the plan has left on the device. */
  public void consumeFromDevice(String sourceGraph, Object... objects) {
    for (Object object : objects) {
      checkArgument("consumeFromDevice", object);
      consumed.computeIfAbsent(sourceGraph, g -> new ArrayList<>()).add(object);
    }
  }

  private void checkArgument(String call, @Nullable Object object) {
    if (object == null) {
      throw new TornadoRuntimeException("graph " + name + ": " + call + " of null");
    }
    if (object instanceof MemorySegment) {
      throw Unsupported.feature("a MemorySegment (" + call + "); use one of TornadoVM's arrays");
    }
  }

  private void checkMode(String call, int mode) {
    if (mode != DataTransferMode.FIRST_EXECUTION
        && mode != DataTransferMode.EVERY_EXECUTION
        && mode != DataTransferMode.UNDER_DEMAND) {
      throw new TornadoRuntimeException(
          "graph %s: %s: mode %d, expected one of DataTransferMode's constants"
              .formatted(name, call, mode));
    }
  }

  /** Whether an argument is memory on the device, rather than a value or the kernel's context. */
  static boolean isMemory(Object argument) {
    return !isScalar(argument)
        && !(argument instanceof KernelContext)
        && !(argument instanceof Boolean)
        && !(argument instanceof Character);
  }

  private static boolean isScalar(Object object) {
    // AtomicInteger and AtomicLong are numbers too, and are memory.
    return object instanceof Number && object.getClass().getName().startsWith("java.lang.");
  }

  /** The graph's name. */
  public String name() {
    return name;
  }

  /** The device. */
  public HostDevice device() {
    return device;
  }

  /** The graph's meta data. */
  public HostTaskContext meta() {
    return meta;
  }

  /** The tasks in order. */
  public List<HostTask> tasks() {
    return Collections.unmodifiableList(tasks);
  }

  /** The task of a name. */
  public @Nullable HostTask task(String id) {
    for (HostTask task : tasks) {
      if (task.getId().equals(id)) {
        return task;
      }
    }
    return null;
  }

  /** What is copied to the device. */
  public List<Transfer> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** What is copied to the host. */
  public List<Transfer> outputTransfers() {
    return Collections.unmodifiableList(outputs);
  }

  /** The objects copied to the host at the end of each execution. */
  public List<Object> outputs() {
    return outputs.stream().filter(t -> !t.underDemand()).map(Transfer::object).toList();
  }

  /** The objects taken from other graphs, by the name of the graph they come from. */
  public Map<String, List<Object>> consumed() {
    return Collections.unmodifiableMap(consumed);
  }

  /** Whether a task works on objects that its lambda has captured, which no transfer needs to name. */
  boolean hasCapturingTask() {
    return tasks.stream().anyMatch(HostTask::hasCaptured);
  }

  /** Whether an object is taken from another graph. */
  boolean consumes(Object object) {
    return consumed.values().stream().flatMap(List::stream).anyMatch(o -> o == object);
  }

  /** All objects the graph names, by identity. */
  public Set<Object> arguments() {
    Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
    inputs.forEach(t -> all.add(t.object()));
    outputs.forEach(t -> all.add(t.object()));
    consumed.values().forEach(all::addAll);
    return all;
  }

  /** All memory the graph names or its tasks take, by identity. */
  Set<Object> memoryObjects() {
    Set<Object> all = arguments();
    for (HostTask task : tasks) {
      for (Object argument : task.getArguments()) {
        if (isMemory(argument)) {
          all.add(argument);
        }
      }
    }
    return all;
  }

  /** The graph in words, one line for each thing it does. */
  public String describe() {
    StringBuilder text =
        new StringBuilder("task graph " + name + " on " + device.getDeviceName() + "\n");
    inputs.forEach(t -> text.append("  to device: ").append(describe(t)));
    tasks.forEach(
        t ->
            text.append("  task ")
                .append(t.getFullName())
                .append(": ")
                .append(t.getTaskName())
                .append('\n'));
    outputs.forEach(t -> text.append("  to host: ").append(describe(t)));
    return text.toString();
  }

  private static String describe(Transfer transfer) {
    String when =
        switch (transfer.mode()) {
          case DataTransferMode.FIRST_EXECUTION -> "at the first execution";
          case DataTransferMode.EVERY_EXECUTION -> "at every execution";
          default -> "on demand";
        };
    Object object = transfer.object();
    return "%s of %d bytes, %s%n"
        .formatted(object.getClass().getSimpleName(), GraphMemory.bytesOf(object), when);
  }
}
