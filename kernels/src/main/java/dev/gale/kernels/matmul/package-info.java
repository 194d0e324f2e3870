/**
 * Matrix multiplication, c[m,n] = a[m,k] b[k,n], from the plain variant to the fast ones:
 *
 * <ul>
 *   <li>{@link dev.gale.kernels.matmul.MatmulPlain}: two parallel loops, an element a work item. To read first, and to
 *       fall back on: any device, FPGAs included.
 *   <li>{@link dev.gale.kernels.matmul.MatmulTiled}: work-groups over tiles in local memory. For GPUs; on a processor
 *       barriers cost more than tiles save.
 *   <li>{@link dev.gale.kernels.matmul.MatmulBlocked}: operands packed by {@link
 *       dev.gale.kernels.matmul.MatmulPacking}, and a block of vector registers a work item, large or small ({@code blocked}, {@code blocked-small}); where columns or terms are few, {@link
 *       dev.gale.kernels.matmul.MatmulOneTask}: one operand read where it lies, the other packed by the items that read it; where rows are few, {@link
 *       dev.gale.kernels.matmul.MatmulStreamed}: B read once, where it lies. For processors behind OpenCL, whose compilers vectorise what is written as vectors.
 *   <li>{@link dev.gale.kernels.matmul.MatmulVector}: the JDK's Vector API; B packed, or read where it lies if rows are
 *       few. For the JVM device, and there only.
 * </ul>
 *
 * {@code dev.gale.tasks.choice.VariantChoice} picks one by the kind of the device.
 */
@NullMarked
package dev.gale.kernels.matmul;

import org.jspecify.annotations.NullMarked;
