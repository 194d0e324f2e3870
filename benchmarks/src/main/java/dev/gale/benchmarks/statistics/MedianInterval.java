package dev.gale.benchmarks.statistics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * The median of a sample and a confidence interval of the median it was drawn from, which supposes nothing of the
 * distribution: between the k-th smallest and the k-th largest of n numbers lies the median with a probability of 1 - 2
 * P(Bin(n, 1/2) &lt; k) or more (H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed., section 7.1).
 *
 * @param median the sample's median
 * @param low the lower end of the interval
 * @param high the upper end
 * @param confidence the probability that the interval covers the median, at least; below {@link #WANTED} where the
 *     sample is too small for more, and then the interval is the sample's range
 * @param samples n
 */
public record MedianInterval(
    double median, double low, double high, double confidence, int samples) {

  /** The confidence that is aimed at. */
  public static final double WANTED = 0.95;

  /**
   * @throws IllegalArgumentException if the sample is empty
   */
  public static MedianInterval of(double... sample) {
    int n = sample.length;
    if (n == 0) {
      throw new IllegalArgumentException("median of no numbers");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    BinomialDistribution heads = new BinomialDistribution(n, 0.5);
    int k = 1;
    while (2 * (k + 1) <= n && covers(heads, k + 1) >= WANTED) {
      k++;
    }
    return new MedianInterval(
        new Median().evaluate(sorted),
        sorted[k - 1],
        sorted[n - k],
        Math.max(0, covers(heads, k)),
        n);
  }

  private static double covers(BinomialDistribution heads, int k) {
    return 1 - 2 * heads.cumulativeProbability(k - 1);
  }
}
