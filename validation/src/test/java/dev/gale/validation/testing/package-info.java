/** What the tests of this module share. */
@NullMarked
package dev.gale.validation.testing;

import org.jspecify.annotations.NullMarked;
