/**
 * The {@code gale} command. It parses a request and checks it ({@code command}, {@code npy}), hands the work of a device
 * to a process of its own ({@code process}, {@code worker}, and {@code work} for what the two say to each other), and
 * reports ({@code report}, {@code picture}).
 */
@NullMarked
package dev.gale.cli;

import org.jspecify.annotations.NullMarked;
