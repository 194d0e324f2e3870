package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Matrix multiplication, two parallel loops: the variant to read first, and the one that runs anywhere. */
public final class MatmulPlain {

  private MatmulPlain() {}

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j].
   *
   * <p>Work items: one an element of C, {@code m} x {@code n}.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says.
   *
   * <p>Cost: 2 m n k FLOP; m n (2 k) loads of 4 bytes and m n stores, as many as the caches do not save.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.Matmul}.
   *
   * <p>Source: the definition.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param c [m, n], written
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k columns of A, rows of B
   */
  public static void matmul(FloatArray a, FloatArray b, FloatArray c, int m, int n, int k) {
    for (@Parallel int i = 0; i < m; i++) {
      for (@Parallel int j = 0; j < n; j++) {
        float sum = 0.0f;
        for (int l = 0; l < k; l++) {
          sum += a.get(i * k + l) * b.get(l * n + j);
        }
        c.set(i * n + j, sum);
      }
    }
  }
}
