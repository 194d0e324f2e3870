/** Which variant is the fastest on a device: tried out, and kept. */
@NullMarked
package dev.gale.cli.tune;

import org.jspecify.annotations.NullMarked;
