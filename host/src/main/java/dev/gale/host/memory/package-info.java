/**
 * The device's memory: copies of the host's objects, or the objects themselves where the difference can not be seen.
 */
@NullMarked
package dev.gale.host.memory;

import org.jspecify.annotations.NullMarked;
