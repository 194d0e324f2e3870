/** Checks that shapes and buffers share. */
@NullMarked
package dev.gale.tasks.shape;

import org.jspecify.annotations.NullMarked;
