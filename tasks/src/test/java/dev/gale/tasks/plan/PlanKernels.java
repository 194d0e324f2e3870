package dev.gale.tasks.plan;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Kernels to try plans with. */
final class PlanKernels {

  private PlanKernels() {}

  static void twice(FloatArray x, FloatArray y, int size) {
    for (@Parallel int i = 0; i < size; i++) {
      y.set(i, 2 * x.get(i));
    }
  }

  static void sum(FloatArray x, FloatArray y, FloatArray z, int size) {
    for (@Parallel int i = 0; i < size; i++) {
      z.set(i, x.get(i) + y.get(i));
    }
  }

  static void groups(KernelContext context, FloatArray y) {
    y.set(context.globalIdx, 1000 * context.groupIdx + context.localIdx);
  }

  /** No device but the JVM can compile a recursion. */
  static void recursive(FloatArray x, FloatArray y, int size) {
    for (@Parallel int i = 0; i < size; i++) {
      y.set(i, fibonacci(x.get(i)));
    }
  }

  private static float fibonacci(float x) {
    return x < 2 ? x : fibonacci(x - 1) + fibonacci(x - 2);
  }

  static void throwing(FloatArray x, FloatArray y, int size) {
    for (@Parallel int i = 0; i < size; i++) {
      if (x.get(i) > 0) {
        throw new IllegalStateException("x is positive");
      }
      y.set(i, x.get(i));
    }
  }
}
