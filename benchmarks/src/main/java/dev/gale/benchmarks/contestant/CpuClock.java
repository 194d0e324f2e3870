package dev.gale.benchmarks.contestant;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this process, over all of its threads. */
final class CpuClock {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuClock() {}

  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
