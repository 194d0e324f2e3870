/** Inputs to run: one object drives test, speed and command line. */
@NullMarked
package dev.gale.validation.cases;

import org.jspecify.annotations.NullMarked;
