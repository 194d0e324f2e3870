/**
 * Measures Gale beside other libraries and beside what the machine can do (docs/performance.md). {@code work} is what is
 * measured, {@code contestant} who computes it, {@code peer} the other libraries, {@code ceiling} the machine's limits,
 * {@code race} the order of the measurements and their results, {@code worker} the process that a contestant runs in,
 * {@code jmh} the JMH benchmarks.
 */
@NullMarked
package dev.gale.benchmarks;

import org.jspecify.annotations.NullMarked;
