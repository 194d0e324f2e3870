/** A run of {@code gale bench}: which contestants race, work by work, and what came of it. */
@NullMarked
package dev.gale.cli.bench;

import org.jspecify.annotations.NullMarked;
