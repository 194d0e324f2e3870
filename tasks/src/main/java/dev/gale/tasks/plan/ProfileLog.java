package dev.gale.tasks.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the log of TornadoVM's profiler: JSON objects in a row, one a run, that hold an object for each task. */
final class ProfileLog {

  private static final Pattern TASK =
      Pattern.compile("\"[^\"]*\\.([^\"]*)\": \\{[^{}]*\"TASK_KERNEL_TIME\": \"(\\d+)\"");

  private ProfileLog() {}

  /** The nanoseconds in the kernel of each task, by the task's name, in the last run of a log. */
  static Map<String, Long> lastRun(String log) {
    Map<String, Long> tasks = new LinkedHashMap<>();
    var matcher = TASK.matcher(log).region(Math.max(0, log.lastIndexOf("\n{")), log.length());
    while (matcher.find()) {
      tasks.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return tasks;
  }

  /** The nanoseconds of the tasks whose names begin so. */
  static long sum(Map<String, Long> tasks, String prefix) {
    return tasks.entrySet().stream()
        .filter(task -> task.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
