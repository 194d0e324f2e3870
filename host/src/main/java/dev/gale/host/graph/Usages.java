package dev.gale.host.graph;

import dev.gale.host.memory.Usage;
import dev.gale.host.memory.Usage.In;
import dev.gale.host.memory.Usage.Out;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/** Works out how a graph uses each of its objects. */
final class Usages {

  private final Map<Object, Usage> usages = new IdentityHashMap<>();
  private final Set<Object> written = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Looks through a graph.
   *
   * @param graph the graph, complete
   */
  Usages(GraphRecord graph) {
    for (Transfer input : graph.inputs()) {
      put(input.object(), in(input), Out.UNDECLARED);
    }
    for (List<Object> objects : graph.consumed().values()) {
      objects.forEach(o -> put(o, In.CONSUMED, Out.UNDECLARED));
    }
    for (Transfer output : graph.outputTransfers()) {
      Usage known = usages.get(output.object());
      In in = known == null ? In.UNDECLARED : known.in();
      put(output.object(), in, output.underDemand() ? Out.UNDER_DEMAND : Out.EVERY_EXECUTION);
    }
    for (HostTask task : graph.tasks()) {
      addTask(task);
    }
  }

  private void put(Object object, In in, Out out) {
    usages.put(object, new Usage(in, out, false, false, false));
  }

  private static In in(Transfer input) {
    return switch (input.mode()) {
      case DataTransferMode.FIRST_EXECUTION -> In.FIRST_EXECUTION;
      case DataTransferMode.EVERY_EXECUTION -> In.EVERY_EXECUTION;
      default -> In.UNDER_DEMAND;
    };
  }

  private void addTask(HostTask task) {
    Object[] arguments = task.getArguments();
    for (int i = 0; i < arguments.length; i++) {
      Object object = arguments[i];
      if (!GraphRecord.isMemory(object)) {
        continue;
      }
      Usage known =
          usages.getOrDefault(
              object, new Usage(In.UNDECLARED, Out.UNDECLARED, false, false, false));
      boolean reads = task.reads(i);
      boolean writes = task.writes(i);
      boolean first = !known.read() && !known.written();
      usages.put(
          object,
          new Usage(
              known.in(),
              known.out(),
              known.read() || reads,
              known.written() || writes,
              first ? writes && !reads : known.overwritten()));
      if (writes) {
        written.add(object);
      }
    }
  }

  /** How each object is used, by identity. */
  Map<Object, Usage> all() {
    return usages;
  }

  /** The objects some task writes, by identity. */
  Set<Object> written() {
    return written;
  }
}
