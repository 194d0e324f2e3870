package dev.gale.host.kernel;

import dev.gale.host.access.Effect;
import dev.gale.host.exec.GroupKernel;
import dev.gale.host.exec.LoopKernel;
import dev.gale.host.exec.SteppedKernel;
import java.util.Optional;

/**
 * A kernel as the JVM device runs it.
 *
 * @param loops the kernel in slices, or whole where it had to be rewritten for another reason; empty when it is called
 *     as it is. A kernel that has groups as well runs so when it is given no worker grid
 * @param groups the kernel by work groups; empty when it takes no {@code KernelContext} or could not be rewritten
 * @param steps the kernel rewritten to stop at its barriers; empty when it has none or could not be rewritten
 * @param effect what the kernel does with its parameters
 * @param boxing whether the kernel reads the fields of {@code KernelContext} themselves
 * @param report how it runs and why
 * @param unsupported what the kernel uses that this device lacks; empty when it lacks nothing
 */
public record CompiledKernel(
    Optional<LoopKernel> loops,
    Optional<GroupKernel> groups,
    Optional<SteppedKernel> steps,
    Effect effect,
    boolean boxing,
    KernelReport report,
    Optional<String> unsupported) {}
