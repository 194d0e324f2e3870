package dev.gale.host.kernel;

import java.util.OptionalInt;

/**
 * A {@code @Parallel} loop found in bytecode. Positions are indices into the list of the code's elements.
 *
 * @param slot the local variable that holds the index
 * @param store the instruction that stores the index's first value
 * @param boundBegin the first instruction of the bound
 * @param branch the conditional branch that leaves the loop, right after the bound
 * @param inclusive whether the condition is {@code <=} rather than {@code <}
 * @param stepConstant the step, when it is a constant
 * @param stepSlot the local variable that holds the step, when it is not
 * @param update the first instruction of the update
 * @param exit the label where the loop is left
 */
record ParallelLoop(
    int slot,
    int store,
    int boundBegin,
    int branch,
    boolean inclusive,
    OptionalInt stepConstant,
    OptionalInt stepSlot,
    int update,
    int exit) {

  /** Whether another loop lies in this one's body. */
  boolean contains(ParallelLoop other) {
    return other.store > branch && other.exit <= update;
  }
}
