package dev.gale.validation.bounds;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.reference.MatmulReference;
import dev.gale.validation.reference.Operand;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The error of a product in fp32, summed in any order, with or without fma: |C^ - C| &lt;= gamma_k |A| |B|, and what
 * underflow adds (docs/numerics.md, "Matrix multiplication").
 */
public final class MatmulBound {

  /** What the reference's own roundings, in double precision, add to a bound, and more. */
  static final double REFERENCE_SLACK = 1 + 1e-6;

  private MatmulBound() {}

  /** The bound of each element of C. */
  public static double[] of(MatmulCase matmul, MatmulReference reference, FloatModel model) {
    return of(matmul.shape(), Operand.exact(matmul.a()), matmul.b(), reference, model);
  }

  /** The bound of each element of a product whose left operand may have errors of its own. */
  public static double[] of(
      MatmulShape shape, Operand a, FloatArray b, MatmulReference reference, FloatModel model) {
    double gamma = model.gamma(shape.k()) * REFERENCE_SLACK;
    double[] flushedByRow = new double[shape.m()];
    double[] flushedByColumn = new double[shape.n()];
    if (model.inputFlush() > 0) {
      rowSums(a, shape.m(), shape.k(), flushedByRow);
      columnSums(b, shape.k(), shape.n(), flushedByColumn);
    }
    double underflow = 2.0 * shape.k() * model.underflow();
    double[] bounds = new double[reference.product().length];
    for (int i = 0; i < shape.m(); i++) {
      for (int j = 0; j < shape.n(); j++) {
        int at = i * shape.n() + j;
        double flushed = model.inputFlush() * (flushedByRow[i] + flushedByColumn[j]);
        bounds[at] = gamma * reference.magnitudes()[at] + (1 + gamma) * (flushed + underflow);
        if (!a.isExact()) {
          bounds[at] += REFERENCE_SLACK * reference.inherited()[at];
        }
      }
    }
    return bounds;
  }

  private static void rowSums(Operand a, int rows, int cols, double[] sums) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        sums[i] += finiteMagnitude(a.value(i * cols + j)) + a.error(i * cols + j);
      }
    }
  }

  private static void columnSums(FloatArray array, int rows, int cols, double[] sums) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        sums[j] += finiteMagnitude(array.get(i * cols + j));
      }
    }
  }

  private static double finiteMagnitude(double x) {
    return Double.isFinite(x) ? Math.abs(x) : 0;
  }
}
