package dev.gale.host.graph;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The graphs of each plan that have run, by name, the latest last.
 *
 * <p>TornadoVM's API gives a graph no way to its plan but the plan's number. Graphs are held weakly: a plan that is
 * dropped without being closed takes its memory along.
 */
final class PlanGraphs {

  private static final Map<Long, Map<String, WeakReference<GraphRun>>> PLANS = new HashMap<>();

  private PlanGraphs() {}

  /** Notes that a graph runs now. */
  static synchronized void register(long plan, String graph, GraphRun run) {
    Map<String, WeakReference<GraphRun>> graphs = PLANS.get(plan);
    if (graphs == null) {
      PLANS.values().removeIf(p -> p.values().stream().allMatch(r -> r.get() == null));
      graphs = new LinkedHashMap<>();
      PLANS.put(plan, graphs);
    } else if (graphs.size() == 1 && graphs.containsKey(graph)) {
      // The common case, a plan of one graph, must not allocate at each execution.
      return;
    }
    graphs.remove(graph);
    graphs.put(graph, new WeakReference<>(run));
  }

  static synchronized @Nullable GraphRun find(long plan, String graph) {
    WeakReference<GraphRun> run = PLANS.getOrDefault(plan, Map.of()).get(graph);
    return run == null ? null : run.get();
  }

  /** The graph that has run last of those that fulfil a condition. */
  static synchronized @Nullable GraphRun last(long plan, Predicate<GraphRun> condition) {
    GraphRun found = null;
    for (WeakReference<GraphRun> reference : PLANS.getOrDefault(plan, Map.of()).values()) {
      GraphRun run = reference.get();
      if (run != null && condition.test(run)) {
        found = run;
      }
    }
    return found;
  }

  /** Notes that a graph has given its memory back. */
  static synchronized void forget(long plan, String graph) {
    Map<String, WeakReference<GraphRun>> graphs = PLANS.get(plan);
    if (graphs != null) {
      graphs.remove(graph);
      if (graphs.isEmpty()) {
        PLANS.remove(plan);
      }
    }
  }
}
