package dev.gale.validation.reference;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.cases.MatmulCase;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * C = A B in double precision, by {@link RealMatrix#multiply}.
 *
 * @param product [m, n], A B
 * @param magnitudes [m, n], |A| |B|, which the bound is made of; elements that are not finite count as 0
 */
public record MatmulReference(double[] product, double[] magnitudes) {

  /** Rows of A that are multiplied at once. */
  private static final int ROWS = 104;

  /** Computes the reference of a case. */
  public static MatmulReference of(MatmulCase matmul) {
    MatmulShape shape = matmul.shape();
    double[] product = new double[shape.m() * shape.n()];
    double[] magnitudes = new double[shape.m() * shape.n()];
    double[][] rows = Doubles.rows(matmul.b(), 0, shape.k(), shape.n());
    RealMatrix b = new BlockRealMatrix(rows);
    RealMatrix absB = new BlockRealMatrix(Doubles.magnitudes(rows));
    Parallel.forEach(
        Math.ceilDiv(shape.m(), ROWS),
        block -> {
          int first = block * ROWS;
          int count = Math.min(ROWS, shape.m() - first);
          double[][] a = Doubles.rows(matmul.a(), first * shape.k(), count, shape.k());
          copy(Doubles.multiply(a, b), product, first * shape.n());
          copy(Doubles.multiply(Doubles.magnitudes(a), absB), magnitudes, first * shape.n());
        });
    return new MatmulReference(product, magnitudes);
  }

  private static void copy(double[][] rows, double[] target, int offset) {
    int position = offset;
    for (double[] row : rows) {
      System.arraycopy(row, 0, target, position, row.length);
      position += row.length;
    }
  }
}
