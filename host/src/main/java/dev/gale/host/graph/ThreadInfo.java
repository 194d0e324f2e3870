package dev.gale.host.graph;

import dev.gale.host.exec.WorkerPool;

/** What {@code withThreadInfo} prints for a task. */
final class ThreadInfo {

  private ThreadInfo() {}

  static String of(HostTask task) {
    return """
        Task info: %s
            Backend         : HOST
            Device          : %s
            Threads         : %d
            Execution       : %s
        """
        .formatted(
            task.getFullName(),
            task.getDevice().getPhysicalDevice().getDeviceName(),
            WorkerPool.shared().threads(),
            task.report());
  }
}
