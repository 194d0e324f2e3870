/** Double-precision references on commons-math, written from the formula. */
@NullMarked
package dev.gale.validation.reference;

import org.jspecify.annotations.NullMarked;
