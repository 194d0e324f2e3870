package dev.gale.host.exec;

/**
 * How the iterations of a {@code @Parallel} loop are divided. Rewritten kernels call these methods where a loop begins.
 *
 * <p>A loop {@code for (i = start; i < bound; i += step)} has {@code n} iterations; slice {@code k} of {@code count}
 * runs those from {@code k n / count} up to {@code (k + 1) n / count}. Bounds are longs so that {@code i <= bound} can be
 * given as {@code bound + 1}.
 */
public final class Slices {

  private Slices() {}

  /**
   * The first index of a slice.
   *
   * @param start the loop's first index
   * @param bound the index the loop stays below
   * @param step how much the index grows
   * @param slice the slice
   * @param count the number of slices
   */
  public static int begin(int start, long bound, int step, int slice, int count) {
    long iterations = iterations(start, bound, step);
    long index = start + step * iterationOf(iterations, slice, count);
    return (int) Math.min(index, Integer.MAX_VALUE);
  }

  /**
   * The index a slice stays below.
   *
   * @param start the loop's first index
   * @param bound the index the loop stays below
   * @param step how much the index grows
   * @param slice the slice
   * @param count the number of slices
   */
  public static int end(int start, long bound, int step, int slice, int count) {
    long iterations = iterations(start, bound, step);
    return (int) Math.min(start + step * iterationOf(iterations, slice + 1, count), bound);
  }

  /** The last index a slice may reach, for a loop whose condition is {@code i <= bound}. */
  public static int last(int start, long bound, int step, int slice, int count) {
    long iterations = iterations(start, bound, step);
    return (int) (Math.min(start + step * iterationOf(iterations, slice + 1, count), bound) - 1);
  }

  /**
   * Into how many slices the outer of two nested loops is divided; each of them is divided further by the inner loop.
   *
   * @param start the outer loop's first index
   * @param bound the index the outer loop stays below
   * @param step how much the outer loop's index grows
   * @param count the number of slices in all
   */
  public static int outerCount(int start, long bound, int step, int count) {
    return (int) Math.clamp(iterations(start, bound, step), 1, count);
  }

  private static long iterations(int start, long bound, int step) {
    if (step <= 0) {
      throw new IllegalArgumentException("@Parallel loop: step " + step + ", expected at least 1");
    }
    return bound <= start ? 0 : (bound - start + step - 1) / step;
  }

  private static long iterationOf(long iterations, int slice, int count) {
    // A slice past the last is one that the nest of two loops has no use for: it is empty.
    return slice >= count ? iterations : iterations * slice / count;
  }
}
