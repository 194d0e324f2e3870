/** The process that one contestant runs in, and what its parent says to it. */
@NullMarked
package dev.gale.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
