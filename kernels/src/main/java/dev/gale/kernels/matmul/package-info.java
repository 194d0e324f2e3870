/** Matrix multiplication. */
@NullMarked
package dev.gale.kernels.matmul;

import org.jspecify.annotations.NullMarked;
