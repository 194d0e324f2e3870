package dev.gale.cli.picture;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The probabilities of one head, cut down to what a picture can show: a cell stands for step x step positions and has the
 * largest of their values, so that nothing bright is lost.
 *
 * @param rows cells along the queries
 * @param cols cells along the keys
 * @param step positions a cell stands for along each axis
 * @param values [rows, cols]
 */
record Pooled(int rows, int cols, int step, float[] values) {

  /**
   * @param array several heads' probabilities
   * @param head which of them
   * @param seqLenQ queries
   * @param seqLenK keys
   * @param mostCells the most cells along an axis
   */
  static Pooled of(FloatArray array, int head, int seqLenQ, int seqLenK, int mostCells) {
    int step = Math.ceilDiv(Math.max(seqLenQ, seqLenK), mostCells);
    int rows = Math.ceilDiv(seqLenQ, step);
    int cols = Math.ceilDiv(seqLenK, step);
    float[] values = new float[rows * cols];
    int base = head * seqLenQ * seqLenK;
    for (int i = 0; i < seqLenQ; i++) {
      for (int j = 0; j < seqLenK; j++) {
        int cell = i / step * cols + j / step;
        values[cell] = Math.max(values[cell], array.get(base + i * seqLenK + j));
      }
    }
    return new Pooled(rows, cols, step, values);
  }

  float at(int row, int col) {
    return values[row * cols + col];
  }

  float largest() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
