/** The command line: options, their checks, and the requests they make. */
@NullMarked
package dev.gale.cli.command;

import org.jspecify.annotations.NullMarked;
