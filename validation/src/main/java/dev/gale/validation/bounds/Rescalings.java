package dev.gale.validation.bounds;

/**
 * How often an online softmax can rescale what it has summed: each time a score raises the running maximum. The scores
 * that do so, in the order of their index, form an increasing chain, and so do those of any part of the row that is
 * scanned on its own; the parts are then merged, pairwise or one after the other, which rescales each again. The longest
 * increasing chain plus ceil(log2 n) bounds it for scans of one part and for trees of any number of parts
 * (docs/numerics.md, "Rescaling").
 *
 * <p>Computed scores are known to an interval only, so the chain is that of intervals: the longest for which increasing
 * values can be picked, one from each.
 */
public final class Rescalings {

  /** ends[l]: the smallest last value that a chain of l + 1 scores can have; increasing. */
  private final double[] ends;

  private int longest;
  private int count;

  /** For rows of at most so many scores. */
  public Rescalings(int capacity) {
    ends = new double[capacity];
  }

  /** Begins a row. */
  public void clear() {
    longest = 0;
    count = 0;
  }

  /** The next score of the row, in order: a number between the two. */
  public void add(double low, double high) {
    count++;
    int from = firstAtLeast(low);
    // The two are near one another: few ends lie between them, and those are moved anyway.
    int to = from;
    while (to < longest && ends[to] < high) {
      to++;
    }
    // Chains that end between low and high can each go on with a value just above their end:
    // every length from + 1 .. to + 1 takes over its predecessor's end.
    System.arraycopy(ends, from, ends, from + 1, to - from);
    longest = Math.max(longest, to + 1);
    ends[from] = low;
  }

  /** The most rescalings that any term of the row's sums goes through. */
  public int most() {
    if (count <= 1) {
      return 0;
    }
    int merges = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    return Math.min(count - 1, longest - 1 + merges);
  }

  private int firstAtLeast(double value) {
    int low = 0;
    int high = longest;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
