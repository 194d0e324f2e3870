package dev.gale.validation.harness;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A matmul that is right for zeros only: it multiplies A by a copy of B that is never filled.
 *
 * @param right the variant that would be right for all
 */
record FailsLater(MatmulVariant right) implements MatmulVariant {

  @Override
  public String id() {
    return "fails-later";
  }

  @Override
  public Dialect dialect() {
    return right.dialect();
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    FloatArray empty = new FloatArray(b.getSize());
    empty.clear();
    graph.constants(empty);
    right.append(graph, task, shape, a, empty, c);
  }
}
