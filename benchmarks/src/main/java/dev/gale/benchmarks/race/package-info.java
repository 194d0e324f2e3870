/** Contestants measured in turns, and what came of it. */
@NullMarked
package dev.gale.benchmarks.race;

import org.jspecify.annotations.NullMarked;
