package dev.gale.cli.report;

import dev.gale.cli.work.JobResult;
import dev.gale.tasks.plan.RunReport;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the measured runs took.
 *
 * @param medianMillis median from call to return, transfers included
 * @param minMillis the shortest
 * @param kernelMillis median time in kernels, by TornadoVM's profiler
 * @param compileMillis compilation in the first run, which is not among the measured ones
 * @param gflops work over the median
 * @param gigabytesPerSecond bytes that must be moved over the median
 * @param repeats measured runs
 */
record Timing(
    double medianMillis,
    double minMillis,
    double kernelMillis,
    double compileMillis,
    double gflops,
    double gigabytesPerSecond,
    int repeats) {

  private static final double NANOS_PER_MILLI = 1e6;

  static Timing of(JobResult result) {
    List<RunReport> runs = result.measured();
    double median = median(runs, RunReport::wallNanos);
    return new Timing(
        median / NANOS_PER_MILLI,
        sorted(runs, RunReport::wallNanos)[0] / NANOS_PER_MILLI,
        median(runs, RunReport::kernelNanos) / NANOS_PER_MILLI,
        result.runs().getFirst().compileNanos() / NANOS_PER_MILLI,
        // FLOP per ns is GFLOP per s.
        result.cost().flop() / median,
        result.cost().bytes() / median,
        runs.size());
  }

  private static double median(List<RunReport> runs, ToLongFunction<RunReport> time) {
    long[] times = sorted(runs, time);
    int middle = times.length / 2;
    return times.length % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2.0;
  }

  private static long[] sorted(List<RunReport> runs, ToLongFunction<RunReport> time) {
    return runs.stream().mapToLong(time).sorted().toArray();
  }
}
