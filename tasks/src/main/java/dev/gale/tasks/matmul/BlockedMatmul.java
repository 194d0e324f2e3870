package dev.gale.tasks.matmul;

import dev.gale.kernels.matmul.MatmulBlocked;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;

/**
 * {@link MatmulBlocked}: two tasks pack A and B into buffers that live on the device, one multiplies, 8 by 16 elements
 * of C a work item.
 *
 * <pre>
 * a -> [pack-a] -> packed rows ----+
 * b -> [pack-b] -> packed columns -+-> [multiply] -> c
 * </pre>
 */
public final class BlockedMatmul implements MatmulVariant {

  @Override
  public String id() {
    return "blocked";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  /**
   * @throws IllegalArgumentException if A with its rows rounded up to a multiple of 8, or B with its columns rounded
   *     up to a multiple of 16, is too large to index with 32 bits
   */
  @Override
  public void append(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    int m = shape.m();
    int n = shape.n();
    int k = shape.k();
    int blocks = Math.ceilDiv(m, MatmulBlocked.ROWS);
    int panels = Math.ceilDiv(n, MatmulBlocked.COLUMNS);
    int packedA = Shapes.elements("packed a", "blocks", blocks, "k", k, "rows", MatmulBlocked.ROWS);
    Shapes.elements("packed b", "panels", panels, "k", k, "columns", MatmulBlocked.COLUMNS);
    FloatArray packedRows = graph.intermediate(packedA);
    VectorFloat16 packedColumns = graph.intermediateVectors(panels * k);
    graph
        .graph()
        .task(task + "-pack-a", MatmulBlocked::packA, a, packedRows, m, k)
        .task(task + "-pack-b", MatmulBlocked::packB, b, packedColumns, n, k)
        .task(task, MatmulBlocked::multiply, packedRows, packedColumns, c, m, n, k);
  }
}
