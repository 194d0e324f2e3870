/**
 * Operators over TornadoVM task graphs: devices, shapes and their checks, plans, and one package for each operator.
 *
 * <ul>
 *   <li>{@link dev.gale.tasks.device}: which devices the installed TornadoVM offers, and what each can do.
 *   <li>{@link dev.gale.tasks.plan}: building a task graph, running it many times, and the report of a run.
 *   <li>{@link dev.gale.tasks.matmul}, {@link dev.gale.tasks.softmax}, {@link dev.gale.tasks.attention}: the operators.
 *   <li>{@link dev.gale.tasks.layout}, {@link dev.gale.tasks.elementwise}: the small steps between operators in a model.
 *   <li>{@link dev.gale.tasks.choice}: the one place that chooses a variant for a device and a shape.
 * </ul>
 */
@NullMarked
package dev.gale.tasks;

import org.jspecify.annotations.NullMarked;
