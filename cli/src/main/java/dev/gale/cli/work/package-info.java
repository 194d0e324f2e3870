/** What {@code gale} asks of a worker process, and what the worker answers: records, written as JSON. */
@NullMarked
package dev.gale.cli.work;

import org.jspecify.annotations.NullMarked;
