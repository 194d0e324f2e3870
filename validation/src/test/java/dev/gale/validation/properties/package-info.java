/** What holds for any input: properties, tried on generated ones. */
@NullMarked
package dev.gale.validation.properties;

import org.jspecify.annotations.NullMarked;
