/** Matrix multiplication: C[m,n] = A[m,k] B[k,n]. */
@NullMarked
package dev.gale.tasks.matmul;

import org.jspecify.annotations.NullMarked;
