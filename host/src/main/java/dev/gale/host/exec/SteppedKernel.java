package dev.gale.host.exec;

import java.util.List;

/**
 * A kernel with barriers, rewritten so that its work items can stop at them.
 *
 * @param prototype a work item to make others from
 * @param barriers the kernel's barriers, for messages: the barrier of number {@code n} is the {@code n - 1}st
 */
public record SteppedKernel(BarrierKernel prototype, List<String> barriers) {

  /** Keeps its own list. */
  public SteppedKernel {
    barriers = List.copyOf(barriers);
  }

  /** Describes a barrier in words. */
  String barrier(int number) {
    return barriers.get(number - 1);
  }
}
