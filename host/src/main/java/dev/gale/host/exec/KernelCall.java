package dev.gale.host.exec;

/** A kernel with its arguments bound, ready to run for one work item. */
@FunctionalInterface
interface KernelCall {
  /** Runs the kernel. */
  void run() throws Throwable;
}
