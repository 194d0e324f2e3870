/**
 * Scaled dot-product attention, output = softmax(scale queries keys^T + mask) values, from the plain variant to the fast
 * ones:
 *
 * <ul>
 *   <li>{@link dev.gale.kernels.attention.AttentionComposed}: scores, softmax, product with the values, a task each. To
 *       read first; it stores all scores, and so needs memory in proportion to seqLenQ seqLenK.
 *   <li>{@link dev.gale.kernels.attention.AttentionOnline}: one kernel, a query row a work item, an online softmax, no
 *       scores stored. Runs anywhere.
 *   <li>{@link dev.gale.kernels.attention.AttentionBlocked}: sixteen query rows in the lanes of a vector, one task, a run of groups of such blocks
 *       a work item, in large or small register blocks ({@code blocked}, {@code blocked-small}); {@link dev.gale.kernels.attention.AttentionRepair} is how it does again the rows that met a NaN or an infinity.
 *       For processors behind OpenCL.
 *   <li>{@link dev.gale.kernels.attention.AttentionOneQuery}: one query a head, elements in the lanes, parts of the keys a work
 *       item; {@link dev.gale.kernels.attention.AttentionOneQueryFinish} makes one result of the parts. Both
 *       of these variants take it where they can.
 *   <li>{@link dev.gale.kernels.attention.AttentionFlash}: work-groups over tiles of keys in local memory. For GPUs.
 *   <li>{@link dev.gale.kernels.attention.AttentionVector}: the JDK's Vector API, keys and values packed by the items that read them, register tiles. For the
 *       JVM device, and there only.
 *   <li>{@link dev.gale.kernels.attention.AttentionDecode}: the same with keys read where they lie. For the JVM device
 *       and so few queries that packing would cost more than it saves.
 * </ul>
 *
 * {@link dev.gale.kernels.attention.ProbabilitiesFromLse} gives the probabilities themselves, to look at. All agree on
 * what is special: a row that sees no key gives output 0 and lse -infinity; NaN of a visible key, value or query
 * propagates, of an invisible one it never does. {@code dev.gale.tasks.choice.VariantChoice} picks a variant by the kind
 * of the device, and on the JVM by the number of queries that share keys.
 */
@NullMarked
package dev.gale.kernels.attention;

import org.jspecify.annotations.NullMarked;
