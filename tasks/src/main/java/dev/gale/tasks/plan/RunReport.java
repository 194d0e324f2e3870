package dev.gale.tasks.plan;

/**
 * What one run of a plan took, as TornadoVM's profiler gives it; all but {@code wallNanos} is 0 where it was not profiled
 * ({@link PlanOptions#withoutProfiler}).
 *
 * @param kernelNanos time on the device in kernels, ns; positive in a profiled run, or the device did not do the work
 * @param copyInNanos host-to-device transfers, ns
 * @param copyOutNanos device-to-host transfers, ns
 * @param compileNanos compilation in this run, by TornadoVM and by the driver, ns
 * @param wallNanos from the call to its return, ns
 * @param bytesIn bytes moved to the device
 * @param bytesOut bytes moved from the device
 */
public record RunReport(
    long kernelNanos,
    long copyInNanos,
    long copyOutNanos,
    long compileNanos,
    long wallNanos,
    long bytesIn,
    long bytesOut) {

  static RunReport unprofiled(long wallNanos) {
    return new RunReport(0, 0, 0, 0, wallNanos, 0, 0);
  }
}
