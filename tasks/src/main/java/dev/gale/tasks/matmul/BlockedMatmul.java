package dev.gale.tasks.matmul;

import dev.gale.kernels.matmul.MatmulBlocked;
import dev.gale.kernels.matmul.MatmulOneTask;
import dev.gale.kernels.matmul.MatmulPacking;
import dev.gale.kernels.matmul.MatmulStreamed;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link MatmulStreamed} where rows are few, {@link MatmulOneTask} where columns or terms are; otherwise {@link MatmulBlocked}: one task
 * packs A and B into buffers that live on the device, one multiplies, a block of C a work item, and, where C's rows are no whole
 * blocks, one writes C out. Blocks are of 12 by 32 elements, or of 6 by 16.
 *
 * <pre>
 * a, b -> [multiply] -> c
 *
 * a -+           +-> packed rows ----+
 *    +-> [pack] -+                   +-> [multiply] -> c, or packed c -> [unpack] -> c
 * b -+           +-> packed columns -+
 * </pre>
 */
public final class BlockedMatmul implements MatmulVariant {

  private static final int LANES = MatmulStreamed.LANES;

  /** Rows that are read element by element take a few times as long each as by vectors: packing is faster for more. */
  private static final int FEW_ROWS_IN_PIECES = 3;

  /** Columns for which B is read where it lies: rows that are longer lie too far apart. */
  private static final int FEW_COLUMNS = 64;

  /**
   * Terms for which A is read where it lies: the rows of a block of that length, or less, share no set of a first-level cache in such numbers that they
   * would not stay there.
   */
  private static final int FEW_TERMS = 768;

  /** Blocks of rows of a work item that reads B where it lies, at most. */
  private static final int BLOCKS = 4;

  /** Elements of B that a work item packs, at most: they stay in the second-level cache. */
  private static final int OWN_COLUMNS = 128 * 1024;

  /** Work items a core, at least. */
  private static final int ITEMS = 2;

  private final String id;
  private final int rows;
  private final int columns;

  private BlockedMatmul(String id, int rows, int columns) {
    this.id = id;
    this.rows = rows;
    this.columns = columns;
  }

  /** Blocks for 32 vector registers of sixteen elements. */
  public static BlockedMatmul large() {
    return new BlockedMatmul("blocked", MatmulBlocked.ROWS, MatmulBlocked.COLUMNS);
  }

  /** Blocks for sixteen registers of eight elements. */
  public static BlockedMatmul small() {
    return new BlockedMatmul(
        "blocked-small", MatmulBlocked.SMALL_ROWS, MatmulBlocked.SMALL_COLUMNS);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  /**
   * @throws IllegalArgumentException if an operand that is packed, rounded up to whole blocks and whole work items, or C with its
   *     columns rounded up where it is packed, is too large to index with 32 bits
   */
  @Override
  public void append(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    if (shape.fewRows() && (shape.n() % LANES == 0 || shape.m() <= FEW_ROWS_IN_PIECES)) {
      fewRows(graph, task, shape, a, b, c);
    } else if (shape.m() < rows || shape.n() % columns != 0) {
      packed(graph, task, shape, a, b, c);
    } else if (shape.n() <= FEW_COLUMNS && shape.k() % LANES == 0) {
      fewColumns(graph, task, shape, a, b, c);
    } else if (shape.k() <= FEW_TERMS) {
      fewTerms(graph, task, shape, a, b, c);
    } else {
      packed(graph, task, shape, a, b, c);
    }
  }

  private static void fewRows(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    int n = shape.n();
    int width = shape.fewRowsColumns(graph.device().info().computeUnits(), LANES);
    graph.graph().task(task, MatmulStreamed::multiply, a, b, c, shape.m(), n, shape.k(), width);
    graph.groups(task, 1, Math.ceilDiv(n, width));
  }

  private void fewColumns(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    int m = shape.m();
    int k = shape.k();
    int enough = ITEMS * graph.device().info().computeUnits();
    int height = Math.clamp(Math.ceilDiv(m, rows) / enough, 1, BLOCKS) * rows;
    int items = Math.ceilDiv(m, height);
    FloatArray work =
        graph.intermediate(Shapes.elements("packed a", "items", items, "rows", rows, "k", k));
    graph
        .graph()
        .task(
            task, MatmulOneTask::fewColumns, a, b, work, c, m, shape.n(), k, height, rows, columns);
    graph.groups(task, 1, items);
  }

  /** As many columns an item as stay in its cache; of fewer, and of rows, so many that each core has items. */
  private void fewTerms(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    int m = shape.m();
    int n = shape.n();
    int k = shape.k();
    int enough = ITEMS * graph.device().info().computeUnits();
    int panels = n / columns;
    int most = Math.max(1, OWN_COLUMNS / (columns * k));
    int width =
        Math.ceilDiv(panels, Math.max(Math.ceilDiv(panels, most), Math.min(panels, enough)))
            * columns;
    int across = Math.ceilDiv(n, width);
    int blocks = Math.ceilDiv(m, rows);
    int height =
        Math.max(Math.min(blocks, BLOCKS), Math.ceilDiv(blocks, Math.ceilDiv(enough, across)))
            * rows;
    int down = Math.ceilDiv(m, height);
    FloatArray work =
        graph.intermediate(
            Shapes.elements("packed b", "items", down * across, "columns", width, "k", k));
    graph
        .graph()
        .task(task, MatmulOneTask::fewTerms, a, b, work, c, m, n, k, height, width, rows, columns);
    graph.groups(task, 1, across, down);
  }

  private void packed(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    int m = shape.m();
    int n = shape.n();
    int k = shape.k();
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
        .task(
            task + "-pack",
            MatmulPacking::pack,
            a,
            b,
            packedRows,
            packedColumns,
            m,
            n,
            k,
            rows,
            columns)
        .task(
            task,
            MatmulBlocked::multiply,
            packedRows,
            packedColumns,
            sums,
            m,
            n,
            k,
            panels * columns / LANES,
            rows,
            columns);
    graph
        .groups(task + "-pack", 1, MatmulPacking.items(m, k, rows))
        .groups(task, 1, panels, blocks);
    if (!direct) {
      graph
          .graph()
          .task(task + "-unpack", MatmulPacking::unpack, sums, c, m, n, panels * columns / LANES);
      graph.groups(task + "-unpack", 4, m);
    }
  }
}
