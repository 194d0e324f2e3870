/** Pictures of attention. */
@NullMarked
package dev.gale.cli.picture;

import org.jspecify.annotations.NullMarked;
