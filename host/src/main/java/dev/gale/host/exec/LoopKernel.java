package dev.gale.host.exec;

/** A kernel of {@code @Parallel} loops, rewritten so that each call runs one slice of them. */
public interface LoopKernel {
  /**
   * Runs a slice.
   *
   * @param arguments one for each parameter of the kernel, primitives boxed
   * @param slice the slice
   * @param count the number of slices
   */
  void run(Object[] arguments, int slice, int count) throws Throwable;
}
