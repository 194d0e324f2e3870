/**
 * Layers and models composed from operators. A layer adds its tasks, and those of the operators in it, to one task graph;
 * what passes between them is a {@link dev.gale.tasks.plan.GraphBuilder#intermediate} and never leaves the device;
 * weights are {@link dev.gale.tasks.plan.GraphBuilder#constants}, copied by the first run only.
 *
 * <ul>
 *   <li>{@link dev.gale.models.linear}: y = x W + b.
 *   <li>{@link dev.gale.models.multihead}: multi-head attention, self and cross.
 * </ul>
 *
 * <p>Each layer has a shape, options, weights, buffers, an interface {@code <Layer>Variant} whose {@code append} adds it
 * to a graph, and an operator that runs it alone. A larger model calls {@code append} and lends the layer its buffers.
 */
@NullMarked
package dev.gale.models;

import org.jspecify.annotations.NullMarked;
