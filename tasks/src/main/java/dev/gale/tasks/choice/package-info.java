/** The one place that chooses a variant for a device and a shape. */
@NullMarked
package dev.gale.tasks.choice;

import org.jspecify.annotations.NullMarked;
