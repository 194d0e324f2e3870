/**
 * Softmax by rows, probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], from the plain variant to the fast
 * ones:
 *
 * <ul>
 *   <li>{@link dev.gale.kernels.softmax.SoftmaxThreePass}: maximum, exponentials and sum, scaling; a row a work item.
 *       To read first: one exponential an element, and it runs anywhere.
 *   <li>{@link dev.gale.kernels.softmax.SoftmaxOnline}: maximum and sum in one pass, then the probabilities; a row a
 *       work item. Reads and writes less, at a second exponential an element: where memory is what limits.
 *   <li>{@link dev.gale.kernels.softmax.SoftmaxBlocked}: the three passes, sixteen columns at a time. For processors
 *       behind OpenCL.
 *   <li>{@link dev.gale.kernels.softmax.SoftmaxWholeVectors}: the same for rows of a multiple of 16 columns, read and written by
 *       vectors, the passes over neighbouring rows in one loop. The variant {@code blocked} takes it where it can.
 *   <li>{@link dev.gale.kernels.softmax.SoftmaxLongRows}: for rows of 256 columns and more of those, a row's maximum only where it is needed, which
 *       {@code blocked} takes too.
 *   <li>{@link dev.gale.kernels.softmax.SoftmaxWorkGroup}: a work-group a row, reductions in local memory. For GPUs,
 *       and for few rows of many columns.
 *   <li>{@link dev.gale.kernels.softmax.SoftmaxVector}: the JDK's Vector API, in one pass over memory as far as a row fits a cache; a row's maximum only
 *       where it is needed. For the JVM device, and there only.
 * </ul>
 *
 * All agree on what is special: a NaN or a +infinity makes its row NaN throughout (IEEE 754 gives +infinity - +infinity
 * = NaN for the sum); an element of -infinity gives 0; a row of -infinity alone gives 0 throughout, where the formula
 * would give 0/0, so that a row that sees nothing adds nothing. {@code dev.gale.tasks.choice.VariantChoice} picks a
 * variant by the kind of the device.
 */
@NullMarked
package dev.gale.kernels.softmax;

import org.jspecify.annotations.NullMarked;
