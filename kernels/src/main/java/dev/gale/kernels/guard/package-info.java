/** Device code that serves the guarding of outputs, not their computation. */
@NullMarked
package dev.gale.kernels.guard;

import org.jspecify.annotations.NullMarked;
