/**
 * Moving elements without computing. One kernel: {@link dev.gale.kernels.layout.SwapMiddleAxes}, which splits the
 * columns of a projection into heads and merges heads into columns again.
 */
@NullMarked
package dev.gale.kernels.layout;

import org.jspecify.annotations.NullMarked;
