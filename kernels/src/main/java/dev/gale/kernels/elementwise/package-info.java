/**
 * Element by element. One kernel: {@link dev.gale.kernels.elementwise.AddRowVector}, the bias of a linear layer.
 */
@NullMarked
package dev.gale.kernels.elementwise;

import org.jspecify.annotations.NullMarked;
