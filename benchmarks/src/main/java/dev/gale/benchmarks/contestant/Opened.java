package dev.gale.benchmarks.contestant;

import dev.gale.tasks.plan.Cost;

/**
 * A contestant that has computed its work for the first time.
 *
 * @param variant which variant of Gale; of a library, its version
 * @param remark why this variant, how the number of threads was fixed
 * @param wallNanos of the first call, with everything it takes: graph, session or plan, compilation, transfers
 * @param compileNanos of it in TornadoVM's compiler and the driver's; -1 where nothing tells it apart
 * @param copyInNanos of it in transfers to the device, likewise
 * @param cost what one call does
 */
public record Opened(
    String variant,
    String remark,
    long wallNanos,
    long compileNanos,
    long copyInNanos,
    Cost cost) {}
