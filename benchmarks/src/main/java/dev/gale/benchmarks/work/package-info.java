/** What is measured: operators and shapes, as people write them. */
@NullMarked
package dev.gale.benchmarks.work;

import org.jspecify.annotations.NullMarked;
