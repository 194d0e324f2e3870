/** Softmax by rows. */
@NullMarked
package dev.gale.kernels.softmax;

import org.jspecify.annotations.NullMarked;
