/** Which of its parameters a kernel reads and writes, told from bytecode. */
@NullMarked
package dev.gale.host.access;

import org.jspecify.annotations.NullMarked;
