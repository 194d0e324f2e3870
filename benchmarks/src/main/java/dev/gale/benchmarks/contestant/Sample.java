package dev.gale.benchmarks.contestant;

/**
 * Some calls, one right after the other.
 *
 * @param calls how many
 * @param wallNanos from the first one's beginning to the last one's end
 * @param cpuNanos processor time of the whole process meanwhile: over wallNanos, how many cores were busy
 * @param kernelNanos in kernels, by TornadoVM's profiler, which is on in one more call of the same plan after the last
 *     one, outside of wallNanos, and counted for all, but on the JVM device, where it always is; -1 where nothing tells it apart
 * @param copyInNanos in transfers to the device, likewise
 * @param copyOutNanos in transfers from the device, likewise; what one transfer took after the last call, times the calls
 *     and outside of wallNanos, where outputs stay on the device
 */
public record Sample(
    int calls,
    long wallNanos,
    long cpuNanos,
    long kernelNanos,
    long copyInNanos,
    long copyOutNanos) {

  /** Of one call, on average. */
  public double nanosPerCall() {
    return (double) wallNanos / calls;
  }
}
