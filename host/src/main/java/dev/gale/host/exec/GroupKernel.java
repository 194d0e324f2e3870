package dev.gale.host.exec;

/** A kernel that uses {@code KernelContext}, rewritten to read its indices from a {@link HostContext}. */
public interface GroupKernel {
  /**
   * Runs the work items of a group one after another, from the one the context stands at to the last.
   *
   * @param arguments one for each parameter of the kernel, primitives boxed
   * @param context the context, which is also among the arguments
   */
  void runGroup(Object[] arguments, HostContext context) throws Throwable;

  /**
   * Runs the kernel for one work item.
   *
   * @param arguments one for each parameter of the kernel, primitives boxed
   */
  void runItem(Object[] arguments) throws Throwable;
}
