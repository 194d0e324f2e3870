package dev.gale.host.exec;

/** A kernel that takes its arguments as an array. */
@FunctionalInterface
public interface KernelFunction {
  /**
   * Runs the kernel.
   *
   * @param arguments one for each parameter, primitives boxed
   */
  void call(Object[] arguments) throws Throwable;
}
