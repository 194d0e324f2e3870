/** JMH benchmarks: one class per operator. */
@NullMarked
package dev.gale.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
