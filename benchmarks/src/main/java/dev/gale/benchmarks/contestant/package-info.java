/** Who computes a work: a variant of Gale, another library, the machine's ceiling. */
@NullMarked
package dev.gale.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
