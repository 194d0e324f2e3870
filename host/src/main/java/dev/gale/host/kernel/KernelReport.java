package dev.gale.host.kernel;

import java.util.Locale;

/**
 * How the JVM device runs a kernel.
 *
 * @param kernel the kernel's method, as {@code Class.method}
 * @param execution the way it runs
 * @param detail why it runs that way, in words
 */
public record KernelReport(String kernel, Execution execution, String detail) {

  /** The ways a kernel can run. */
  public enum Execution {
    /** The iterations of its {@code @Parallel} loops are divided among the threads. */
    DIVIDED_LOOPS,
    /** Its work groups are divided among the threads; the work items of a group run one after another. */
    WORK_GROUPS,
    /** As {@link #WORK_GROUPS}, but each work item runs to a barrier before any goes on. */
    WORK_GROUPS_WITH_BARRIERS,
    /** On one thread. */
    SEQUENTIAL
  }

  @Override
  public String toString() {
    return kernel
        + ": "
        + execution.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ": "
        + detail;
  }
}
