package dev.gale.tasks.plan;

/**
 * The work an operator does, independent of the variant that does it.
 *
 * @param flop floating-point operations, an fma counted as two
 * @param bytes bytes that must cross the memory bus at least once: every input read, every output written
 */
public record Cost(long flop, long bytes) {}
