package dev.gale.host.graph;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;

/** What an execution plan has set for a graph. */
public final class GraphOptions {

  private @Nullable GridScheduler gridScheduler;
  private @Nullable ProfilerMode profilerMode;
  private boolean useDefaultScheduler;
  private boolean threadInfo;
  private boolean printKernel;
  private boolean batches;
  private long memoryLimit = Long.MAX_VALUE;

  /** The worker grids of the plan's tasks. */
  public @Nullable GridScheduler gridScheduler() {
    return gridScheduler;
  }

  /** Sets the worker grids; they take effect again after the default scheduler had been asked for. */
  public void setGridScheduler(@Nullable GridScheduler gridScheduler) {
    this.gridScheduler = gridScheduler;
    this.useDefaultScheduler = false;
  }

  /** The profiler's mode, null when it is off. */
  public @Nullable ProfilerMode profilerMode() {
    return profilerMode;
  }

  /** Switches the profiler. */
  public void setProfilerMode(@Nullable ProfilerMode profilerMode) {
    this.profilerMode = profilerMode;
  }

  /** Whether worker grids are ignored. */
  public boolean useDefaultScheduler() {
    return useDefaultScheduler;
  }

  /** Has worker grids ignored. */
  public void setUseDefaultScheduler(boolean useDefaultScheduler) {
    this.useDefaultScheduler = useDefaultScheduler;
  }

  /** Whether each execution prints how its tasks were spread over threads. */
  public boolean threadInfo() {
    return threadInfo;
  }

  /** Switches the printing of thread information. */
  public void setThreadInfo(boolean threadInfo) {
    this.threadInfo = threadInfo;
  }

  /** How many bytes the graph may take on the device. */
  public long memoryLimit() {
    return memoryLimit;
  }

  /** Limits the memory of the graph. */
  public void setMemoryLimit(String limit) {
    memoryLimit = ByteSize.parse("withMemoryLimit", limit);
  }

  /** Lifts the limit. */
  public void removeMemoryLimit() {
    memoryLimit = Long.MAX_VALUE;
  }

  /** Whether the graph is to be processed in batches. */
  public boolean batches() {
    return batches;
  }

  /** Has the graph processed in batches. */
  public void setBatch(String size) {
    if (ByteSize.parse("withBatch", size) == 0) {
      throw new IllegalArgumentException("withBatch: " + size + ", expected at least 1MB");
    }
    batches = true;
  }

  /** Whether each execution prints its kernels. */
  public boolean printKernel() {
    return printKernel;
  }

  /** Switches the printing of kernels. */
  public void setPrintKernel(boolean printKernel) {
    this.printKernel = printKernel;
  }
}
