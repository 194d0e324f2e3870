/**
 * Worker processes: where the TornadoVM SDK is, how a JVM is started for it or for the JVM device, and what becomes of a
 * worker that answers, crashes or hangs.
 */
@NullMarked
package dev.gale.cli.process;

import org.jspecify.annotations.NullMarked;
