package dev.gale.validation.reference;

import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** fp32 buffers as commons-math matrices. */
final class Doubles {

  private Doubles() {}

  /** rows x cols elements of a row-major buffer, from one offset on. */
  static double[][] rows(FloatArray array, int offset, int rows, int cols) {
    double[][] matrix = new double[rows][cols];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        matrix[i][j] = array.get(offset + i * cols + j);
      }
    }
    return matrix;
  }

  /** The same, transposed: cols x rows. */
  static double[][] columns(FloatArray array, int offset, int rows, int cols) {
    double[][] matrix = new double[cols][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        matrix[j][i] = array.get(offset + i * cols + j);
      }
    }
    return matrix;
  }

  /** |x| of every finite element, 0 for the others. */
  static double[][] magnitudes(double[][] matrix) {
    double[][] magnitudes = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      magnitudes[i] = new double[matrix[i].length];
      for (int j = 0; j < matrix[i].length; j++) {
        double x = matrix[i][j];
        magnitudes[i][j] = Double.isFinite(x) ? Math.abs(x) : 0;
      }
    }
    return magnitudes;
  }

  /** The product, by {@link RealMatrix#multiply}. */
  static double[][] multiply(double[][] a, RealMatrix b) {
    return new BlockRealMatrix(a).multiply(b).getData();
  }
}
