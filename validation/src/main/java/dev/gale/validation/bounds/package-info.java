/** Error bounds derived for each element (docs/numerics.md). */
@NullMarked
package dev.gale.validation.bounds;

import org.jspecify.annotations.NullMarked;
