/**
 * The process that works on a device. It has the TornadoVM runtime that its flags name, and tells its parent what it does by
 * events in a file; what it or a driver prints goes to a log.
 */
@NullMarked
package dev.gale.cli.worker;

import org.jspecify.annotations.NullMarked;
