/** Other libraries: what one must offer to be measured, and which are known. */
@NullMarked
package dev.gale.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
