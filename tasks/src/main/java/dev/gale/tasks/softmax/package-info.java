/** Softmax by rows: probabilities[rows,cols] = exp(logits - rowMax) / rowSum. */
@NullMarked
package dev.gale.tasks.softmax;

import org.jspecify.annotations.NullMarked;
