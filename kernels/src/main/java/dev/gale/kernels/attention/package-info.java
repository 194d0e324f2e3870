/** Scaled dot-product attention: output = softmax(scale queries keys^T + mask) values. */
@NullMarked
package dev.gale.kernels.attention;

import org.jspecify.annotations.NullMarked;
