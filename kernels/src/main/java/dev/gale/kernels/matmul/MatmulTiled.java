package dev.gale.kernels.matmul;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Matrix multiplication over square tiles in local memory: for devices that share it fast, GPUs. */
public final class MatmulTiled {

  /** Rows and columns of a tile, of A, B and C alike; a work-group has as many work items each way. */
  public static final int TILE = 16;

  private MatmulTiled() {}

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j].
   *
   * <p>Work items: one an element of C, in groups of 16 x 16; x counts columns, y rows, both rounded up to a multiple
   * of 16. Those outside C take part in the loads and barriers and store nothing.
   *
   * <p>Numerics: fp32 multiply and add, in the order of l, rounded at each step or fused as the device likes; NaN and
   * infinity propagate as IEEE 754 says. Past the edge of k, tiles of A and of B are zero, so that zero meets zero
   * only.
   *
   * <p>Cost: 2 m n k FLOP; each element of A is loaded n / 16 times, each of B m / 16 times, 4 bytes each.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul}.
   *
   * <p>Source: Kirk and Hwu, "Programming Massively Parallel Processors", chapter on memory and data locality, the
   * tiled multiplication with boundary checks.
   *
   * @param context the work item's place
   * @param a [m, k], read
   * @param b [k, n], read
   * @param c [m, n], written
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k columns of A, rows of B
   */
  public static void matmul(
      KernelContext context, FloatArray a, FloatArray b, FloatArray c, int m, int n, int k) {
    float[] tileA = context.allocateFloatLocalArray(TILE * TILE);
    float[] tileB = context.allocateFloatLocalArray(TILE * TILE);
    int x = context.localIdx;
    int y = context.localIdy;
    int column = context.groupIdx * TILE + x;
    int row = context.groupIdy * TILE + y;
    float sum = 0.0f;
    for (int first = 0; first < k; first += TILE) {
      float elementA = 0.0f;
      if (row < m && first + x < k) {
        elementA = a.get(row * k + first + x);
      }
      tileA[y * TILE + x] = elementA;
      float elementB = 0.0f;
      if (column < n && first + y < k) {
        elementB = b.get((first + y) * n + column);
      }
      tileB[y * TILE + x] = elementB;
      context.localBarrier();
      for (int l = 0; l < TILE; l++) {
        sum += tileA[y * TILE + l] * tileB[l * TILE + x];
      }
      context.localBarrier();
    }
    if (row < m && column < n) {
      c.set(row * n + column, sum);
    }
  }
}
