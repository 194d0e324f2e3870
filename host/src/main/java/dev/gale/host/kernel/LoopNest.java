package dev.gale.host.kernel;

import java.util.Optional;

/**
 * What a kernel's {@code @Parallel} loops amount to.
 *
 * @param outer the loop to divide; empty when the kernel must run on one thread
 * @param inner the loop directly inside it that can be divided as well
 * @param explanation what is done and why, in words
 * @param annotated how many loops are annotated
 */
record LoopNest(
    Optional<ParallelLoop> outer, Optional<ParallelLoop> inner, String explanation, int annotated) {

  static LoopNest sequential(String why, int annotated) {
    return new LoopNest(Optional.empty(), Optional.empty(), why, annotated);
  }
}
