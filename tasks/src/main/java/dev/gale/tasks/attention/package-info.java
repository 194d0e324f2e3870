/** Scaled dot-product attention: output = softmax(scale queries keys^T + mask) values. */
@NullMarked
package dev.gale.tasks.attention;

import org.jspecify.annotations.NullMarked;
