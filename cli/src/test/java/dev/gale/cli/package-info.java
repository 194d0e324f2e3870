/** Tests of the {@code gale} command. */
package dev.gale.cli;
