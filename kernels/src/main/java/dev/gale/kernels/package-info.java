/**
 * Device code: static methods over TornadoVM arrays, one family a package. A kernel neither throws nor checks; the
 * operators of {@code dev.gale.tasks} check everything first. Each family's {@code package-info} is its catalogue.
 */
@NullMarked
package dev.gale.kernels;

import org.jspecify.annotations.NullMarked;
