package dev.gale.host.graph;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;

/** The profiler values of the last execution of a graph, by TornadoVM's names for them. */
public final class GraphProfile {

  private final Map<ProfilerType, Long> values = new EnumMap<>(ProfilerType.class);
  private final Map<String, Map<ProfilerType, Object>> tasks = new LinkedHashMap<>();
  private final StringBuilder log = new StringBuilder();

  /** Forgets all values, but not the log. */
  public void clear() {
    values.clear();
    tasks.clear();
  }

  /** Adds to a value of the graph. */
  public void add(ProfilerType type, long value) {
    values.merge(type, value, Long::sum);
  }

  /** Sets a value of a task. */
  public void setTask(String task, ProfilerType type, Object value) {
    tasks.computeIfAbsent(task, t -> new EnumMap<>(ProfilerType.class)).put(type, value);
  }

  /** A value of the graph, 0 when it has none. */
  public long get(ProfilerType type) {
    return values.getOrDefault(type, 0L);
  }

  /** Adds the present values to the log. */
  public void log(String graph) {
    log.append(json(graph));
  }

  /** What has been logged. */
  public String logged() {
    return log.toString();
  }

  /** Empties the log. */
  public void clearLog() {
    log.setLength(0);
  }

  /** The present values as JSON of the shape TornadoVM prints: every value is a string. */
  public String json(String graph) {
    StringBuilder json = new StringBuilder("{\n    \"").append(graph).append("\": {\n");
    String separator = "";
    for (Map.Entry<ProfilerType, Long> value : values.entrySet()) {
      json.append(separator).append("        ").append(pair(value.getKey(), value.getValue()));
      separator = ",\n";
    }
    for (Map.Entry<String, Map<ProfilerType, Object>> task : tasks.entrySet()) {
      json.append(separator).append("        \"").append(task.getKey()).append("\": {\n");
      String inner = "";
      for (Map.Entry<ProfilerType, Object> value : task.getValue().entrySet()) {
        json.append(inner).append("            ").append(pair(value.getKey(), value.getValue()));
        inner = ",\n";
      }
      json.append("\n        }");
      separator = ",\n";
    }
    return json.append("\n    }\n}\n").toString();
  }

  private static String pair(ProfilerType key, Object value) {
    return "\""
        + key
        + "\": \""
        + value.toString().replace("\\", "\\\\").replace("\"", "\\\"")
        + "\"";
  }
}
