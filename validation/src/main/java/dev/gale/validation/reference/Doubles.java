package dev.gale.validation.reference;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/** Operands as commons-math matrices. */
final class Doubles {

  private Doubles() {}

  /** rows x cols elements of a row-major buffer, from one offset on. */
  static double[][] rows(Operand operand, int offset, int rows, int cols) {
    return rows(operand::value, offset, rows, cols);
  }

  /** The same, transposed: cols x rows. */
  static double[][] columns(Operand operand, int offset, int rows, int cols) {
    return columns(operand::value, offset, rows, cols);
  }

  /** The errors of the same elements as {@link #rows}. */
  static double[][] errorRows(Operand operand, int offset, int rows, int cols) {
    return rows(operand::error, offset, rows, cols);
  }

  /** The errors of the same elements as {@link #columns}. */
  static double[][] errorColumns(Operand operand, int offset, int rows, int cols) {
    return columns(operand::error, offset, rows, cols);
  }

  /** Adds a matrix to another one. */
  static void add(double[][] target, double[][] summand) {
    for (int i = 0; i < target.length; i++) {
      for (int j = 0; j < target[i].length; j++) {
        target[i][j] += summand[i][j];
      }
    }
  }

  private static double[][] rows(IntToDoubleFunction elements, int offset, int rows, int cols) {
    double[][] matrix = new double[rows][cols];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        matrix[i][j] = elements.applyAsDouble(offset + i * cols + j);
      }
    }
    return matrix;
  }

  private static double[][] columns(IntToDoubleFunction elements, int offset, int rows, int cols) {
    double[][] matrix = new double[cols][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        matrix[j][i] = elements.applyAsDouble(offset + i * cols + j);
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
