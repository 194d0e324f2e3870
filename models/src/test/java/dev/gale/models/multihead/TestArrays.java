package dev.gale.models.multihead;

import java.util.Random;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Buffers that the tests of this package start from. */
final class TestArrays {

  private TestArrays() {}

  static FloatArray normal(int elements, long seed) {
    Random random = new Random(seed);
    FloatArray array = new FloatArray(elements);
    for (int i = 0; i < elements; i++) {
      array.set(i, (float) random.nextGaussian());
    }
    return array;
  }

  static FloatArray identity(int dim) {
    FloatArray matrix = new FloatArray(dim * dim);
    matrix.init(0.0f);
    for (int i = 0; i < dim; i++) {
      matrix.set(i * dim + i, 1.0f);
    }
    return matrix;
  }

  static FloatArray filled(int elements, float value) {
    FloatArray array = new FloatArray(elements);
    array.init(value);
    return array;
  }
}
