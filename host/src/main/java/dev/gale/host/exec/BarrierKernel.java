package dev.gale.host.exec;

/**
 * One work item of a kernel with barriers, rewritten so that it can stop at a barrier and go on later.
 *
 * <p>Its local variables are kept in fields while it waits, which costs a few stores and loads; a stack of its own costs
 * a hundred times as much.
 */
public interface BarrierKernel {

  /** Another work item of the same kernel. */
  BarrierKernel another();

  /**
   * Sets the kernel's arguments.
   *
   * @param arguments one for each parameter of the kernel, primitives boxed
   */
  void bind(Object[] arguments);

  /** Runs to the next barrier and gives its number, counted from 1; or to the end, 0, after which it begins anew. */
  int step() throws Throwable;
}
