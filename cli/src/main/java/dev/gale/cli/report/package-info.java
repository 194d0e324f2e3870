/** What people and programs read: text, tables, JSON, progress. */
@NullMarked
package dev.gale.cli.report;

import org.jspecify.annotations.NullMarked;
