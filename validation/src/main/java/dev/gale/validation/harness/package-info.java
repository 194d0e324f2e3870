/** Runs a case on a device, guarded, and judges every element. */
@NullMarked
package dev.gale.validation.harness;

import org.jspecify.annotations.NullMarked;
