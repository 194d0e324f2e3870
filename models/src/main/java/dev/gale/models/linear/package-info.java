/** The linear layer y = x W + b. */
@NullMarked
package dev.gale.models.linear;

import org.jspecify.annotations.NullMarked;
