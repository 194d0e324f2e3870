package dev.gale.validation.reference;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.cases.MatmulCase;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * C = A B in double precision, by {@link RealMatrix#multiply}.
 *
 * @param product [m, n], A B
 * @param magnitudes [m, n], (|A| + dA) |B| for the errors dA of A, which the bound is made of; elements that are not
 *     finite count as 0
 * @param inherited [m, n], dA |B|; empty if A is exact
 */
// As large as the outputs: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record MatmulReference(double[] product, double[] magnitudes, double[] inherited) {

  /** Rows of A that are multiplied at once. */
  private static final int ROWS = 104;

  /** Computes the reference of a case. */
  public static MatmulReference of(MatmulCase matmul) {
    return of(matmul.shape(), Operand.exact(matmul.a()), matmul.b());
  }

  /**
   * Computes a reference.
   *
   * @param a [m, k]
   * @param weights B [k, n]
   */
  public static MatmulReference of(MatmulShape shape, Operand a, FloatArray weights) {
    double[] product = new double[shape.m() * shape.n()];
    double[] magnitudes = new double[shape.m() * shape.n()];
    double[] inherited = new double[a.isExact() ? 0 : product.length];
    double[][] rows = Doubles.rows(Operand.exact(weights), 0, shape.k(), shape.n());
    RealMatrix b = new BlockRealMatrix(rows);
    RealMatrix absB = new BlockRealMatrix(Doubles.magnitudes(rows));
    Parallel.forEach(
        Math.ceilDiv(shape.m(), ROWS),
        block -> {
          int first = block * ROWS;
          int count = Math.min(ROWS, shape.m() - first);
          double[][] part = Doubles.rows(a, first * shape.k(), count, shape.k());
          double[][] absA = Doubles.magnitudes(part);
          if (!a.isExact()) {
            double[][] errors = Doubles.errorRows(a, first * shape.k(), count, shape.k());
            copy(Doubles.multiply(errors, absB), inherited, first * shape.n());
            Doubles.add(absA, errors);
          }
          copy(Doubles.multiply(part, b), product, first * shape.n());
          copy(Doubles.multiply(absA, absB), magnitudes, first * shape.n());
        });
    return new MatmulReference(product, magnitudes, inherited);
  }

  private static void copy(double[][] rows, double[] target, int offset) {
    int position = offset;
    for (double[] row : rows) {
      System.arraycopy(row, 0, target, position, row.length);
      position += row.length;
    }
  }
}
