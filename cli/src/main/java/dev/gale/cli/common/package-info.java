/** What all of the command shares: its surroundings, its exit statuses, and the exception that ends it. */
@NullMarked
package dev.gale.cli.common;

import org.jspecify.annotations.NullMarked;
