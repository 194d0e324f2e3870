package dev.gale.cli.work;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload and how to run it.
 *
 * @param title what it is called in reports; null for nothing beside its operator
 * @param workload what to compute
 * @param variant the variant that was asked for; null for the one that suits the device
 * @param repeats measured runs, after one that compiles and warms up
 * @param outputs the files to write
 */
public record Job(
    @Nullable String title,
    Workload workload,
    @Nullable String variant,
    int repeats,
    List<OutputFile> outputs) {}
