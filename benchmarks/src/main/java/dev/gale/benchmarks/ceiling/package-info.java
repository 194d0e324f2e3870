/** What the machine can do at most: multiply-adds, and bytes from and to memory. */
@NullMarked
package dev.gale.benchmarks.ceiling;

import org.jspecify.annotations.NullMarked;
