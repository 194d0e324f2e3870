/** Native BLAS libraries: their single-precision matrix multiplication. Nothing else of theirs is an operator of Gale's. */
@NullMarked
package dev.gale.peers.blas;

import org.jspecify.annotations.NullMarked;
