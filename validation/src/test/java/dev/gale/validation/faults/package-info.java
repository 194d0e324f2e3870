/**
 * Seeded faults: each kernel has twins, its own source with one thing broken, and the harness must reject every one of
 * them.
 */
@NullMarked
package dev.gale.validation.faults;

import org.jspecify.annotations.NullMarked;
