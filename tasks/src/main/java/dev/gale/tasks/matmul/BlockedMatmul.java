package dev.gale.tasks.matmul;

import dev.gale.kernels.matmul.MatmulBlocked;
import dev.gale.kernels.matmul.MatmulPacking;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link MatmulBlocked}: one task packs A and B into buffers that live on the device, one multiplies, 12 by 32 elements
 * of C a work item, and, where C's rows are no multiple of 32, one writes C out.
 *
 * <pre>
 * a -+           +-> packed rows ----+
 *    +-> [pack] -+                   +-> [multiply] -> c, or packed c -> [unpack] -> c
 * b -+           +-> packed columns -+
 * </pre>
 */
public final class BlockedMatmul implements MatmulVariant {

  private static final int LANES = 16;

  @Override
  public String id() {
    return "blocked";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  /**
   * @throws IllegalArgumentException if A with its rows rounded up to a multiple of 12, or B or C with its columns rounded
   *     up to a multiple of 32, is too large to index with 32 bits
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
    int rows = MatmulBlocked.ROWS;
    int columns = MatmulBlocked.COLUMNS;
    int blocks = Math.ceilDiv(m, rows);
    int panels = Math.ceilDiv(n, columns);
    int packedA = Shapes.elements("packed a", "blocks", blocks, "k", k, "rows", rows);
    int packedB = Shapes.elements("packed b", "panels", panels, "k", k, "columns", columns);
    boolean direct = n % columns == 0;
    FloatArray sums =
        direct
            ? c
            : graph.intermediate(
                Shapes.elements("packed c", "rows", m, "panels", panels, "columns", columns));
    FloatArray packedRows = graph.intermediate(packedA);
    FloatArray packedColumns = graph.intermediate(packedB);
    graph
        .graph()
        .task(task + "-pack", MatmulPacking::pack, a, b, packedRows, packedColumns, m, n, k)
        .task(
            task,
            MatmulBlocked::multiply,
            packedRows,
            packedColumns,
            sums,
            m,
            n,
            k,
            panels * columns / LANES);
    graph.groups(task + "-pack", 1, MatmulPacking.items(m, k)).groups(task, 1, panels, blocks);
    if (!direct) {
      graph.graph().task(task + "-unpack", MatmulPacking::unpack, sums, c, m, n);
      graph.groups(task + "-unpack", 4, m);
    }
  }
}
