package dev.gale.host.exec;

import java.util.Objects;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/**
 * One work item of a group whose kernel has barriers: a stack of its own that stops at each barrier.
 *
 * <p>All work items of a group run in turn on one thread, each up to its next barrier. That makes a barrier exact and a
 * run repeatable: a kernel that lacks a barrier reads what later work items have not written yet, every time.
 *
 * <p>The stack is a {@code jdk.internal.vm.Continuation}, what virtual threads are made of, and is used again for the
 * same place in the next group.
 */
final class ItemFiber {

  /** Where a work item stands. */
  enum State {
    READY,
    AT_BARRIER,
    DONE,
    FAILED
  }

  private static final ContinuationScope SCOPE = new ContinuationScope("gale-work-item");

  private final Continuation continuation;
  private State state = State.DONE;
  private @Nullable String barrier;
  private @Nullable Throwable failure;

  /**
   * Makes a work item.
   *
   * @param kernel runs the kernel once for the work item that the context shows at that time
   */
  ItemFiber(KernelCall kernel) {
    this.continuation = new Continuation(SCOPE, () -> runForever(kernel));
  }

  private void runForever(KernelCall kernel) {
    while (true) {
      try {
        kernel.run();
        state = State.DONE;
      } catch (Throwable t) {
        failure = t;
        state = State.FAILED;
      }
      Continuation.yield(SCOPE);
    }
  }

  /** Runs to the next barrier or to the end. */
  State resume() {
    state = State.READY;
    continuation.run();
    return state;
  }

  State state() {
    return state;
  }

  /** The barrier at which this work item waits. */
  String barrier() {
    return Objects.requireNonNull(barrier);
  }

  /** What the kernel threw for this work item. */
  Throwable failure() {
    return Objects.requireNonNull(failure);
  }

  /** Called by the kernel, through its context. */
  void awaitBarrier(String name) {
    barrier = name;
    state = State.AT_BARRIER;
    if (!Continuation.yield(SCOPE)) {
      throw new IllegalStateException(
          name + ": the work item's stack can not be set aside (native code or a lock is on it)");
    }
  }
}
