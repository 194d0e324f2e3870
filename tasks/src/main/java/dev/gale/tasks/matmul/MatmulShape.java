package dev.gale.tasks.matmul;

import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.shape.Shapes;

/**
 * The shape of C[m,n] = A[m,k] B[k,n], row-major and contiguous.
 *
 * @param m rows of A and C
 * @param n columns of B and C
 * @param k columns of A, rows of B
 */
public record MatmulShape(int m, int n, int k) {

  /** So few rows never pay for rearranging B. */
  private static final int FEW_ROWS = 8;

  /** Nor do so many where B is beyond the caches: of that many elements. */
  private static final int FEW_ROWS_OF_MUCH = 12;

  private static final long MUCH = 2L * 1024 * 1024;

  /** Sums that a work item of few rows has at most: they stay in the second-level cache. */
  private static final int FEW_ROWS_SUMS = 64 * 1024;

  /**
   * @throws IllegalArgumentException if a dimension is below 1, or a matrix is too large to index with 32 bits
   */
  public MatmulShape {
    Shapes.positive("matmul", "m", m);
    Shapes.positive("matmul", "n", n);
    Shapes.positive("matmul", "k", k);
    Shapes.elements("a", "m", m, "k", k);
    Shapes.elements("b", "k", k, "n", n);
    Shapes.elements("c", "m", m, "n", n);
  }

  /** Whether each element of B is used so few times that it is best read where it lies. */
  public boolean fewRows() {
    return m <= FEW_ROWS || (m <= FEW_ROWS_OF_MUCH && (long) n * k >= MUCH);
  }

  /**
   * Columns of a work item where rows are few: one a core, as the longer a row of B is read, the faster memory is, unless its
   * sums would leave a cache.
   *
   * @param cores that share the columns
   * @param unit what columns of a work item are a multiple of
   */
  public int fewRowsColumns(int cores, int unit) {
    int most = Math.max(1, FEW_ROWS_SUMS / (m * unit));
    return Math.min(most, Math.ceilDiv(Math.ceilDiv(n, unit), cores)) * unit;
  }

  /** 2 m n k FLOP; A, B and C once each, 4 bytes an element. */
  public Cost cost() {
    return new Cost(2L * m * n * k, Float.BYTES * ((long) m * k + (long) k * n + (long) m * n));
  }
}
