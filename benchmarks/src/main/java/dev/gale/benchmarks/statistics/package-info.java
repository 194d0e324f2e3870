/** Medians and how far they can be trusted. */
@NullMarked
package dev.gale.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
