package dev.gale.tasks.matmul;

import dev.gale.kernels.matmul.MatmulVector;
import dev.gale.kernels.vector.VectorTiles;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link MatmulVector}: one task packs B into a buffer that stays on the device, one multiplies by blocks of C; where each
 * thread has columns enough, one task in which each packs its own; of few rows ({@link MatmulShape#fewRows}), one task that
 * reads B where it lies.
 */
public final class VectorMatmul implements MatmulVariant {

  /** Elements of A that a block has at most: they stay in the second-level cache. */
  private static final int BLOCK_ELEMENTS = 128 * 1024;

  /**
   * Rows of a block, at most, in whole register tiles: more would not read B noticeably less often. In tiles it would be
   * VectorTiles's, which a JVM that only knows the names of variants can't load: it has no vectors.
   */
  private static final int BLOCK_ROWS = 132;

  /** Columns that a thread has at least if it packs its own: all rows of A are copied for them. */
  private static final int OWN_COLS = 128;

  /** So deep are products at least if each thread packs its own columns: less deep ones write more than they multiply. */
  private static final int OWN_DEPTH = 64;

  /** Elements of B that a thread has fewer of if it packs its own: of more, blocks of rows are shared out more evenly. */
  private static final long OWN_ELEMENTS = 2L * 1024 * 1024;

  /** So many tenths of the threads' time go into columns at least: panels shared out unevenly leave some idle. */
  private static final int OWN_TENTHS = 9;

  @Override
  public String id() {
    return "vector";
  }

  @Override
  public Dialect dialect() {
    return Dialect.VECTOR;
  }

  /**
   * @throws IllegalArgumentException if B, its columns rounded up to a whole panel, or a block's rows of A are too large to
   *     index with 32 bits
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
    int threads = graph.device().info().computeUnits();
    if (shape.fewRows()) {
      graph
          .graph()
          .task(
              task,
              MatmulVector::matmulFewRows,
              a,
              b,
              c,
              m,
              n,
              k,
              shape.fewRowsColumns(threads, VectorTiles.COLS));
      return;
    }
    int panels = Math.ceilDiv(n, VectorTiles.COLS);
    Shapes.elements("packed b", "panels", panels, "k", k, "columns", VectorTiles.COLS);
    FloatArray packed = graph.intermediate((int) MatmulVector.packedElements(n, k));
    boolean byColumns = byColumns(n, k, threads);
    int blockRows = blockRows(m, k, byColumns ? 1 : threads);
    int pieces = Math.ceilDiv(k, VectorTiles.DEPTH);
    Shapes.elements(
        "copied rows of a", "rows", blockRows, "pieces", pieces, "elements", VectorTiles.STRIDE);
    if (byColumns) {
      graph
          .graph()
          .task(
              task,
              MatmulVector::matmulByColumns,
              a,
              b,
              packed,
              c,
              m,
              n,
              k,
              blockRows,
              Math.ceilDiv(panels, threads) * VectorTiles.COLS);
      return;
    }
    graph
        .graph()
        .task(task + "-pack", MatmulVector::pack, b, packed, n, k)
        .task(
            task,
            MatmulVector::matmul,
            a,
            packed,
            c,
            m,
            n,
            k,
            blockRows,
            blockCols(m, n, k, threads));
  }

  private static boolean byColumns(int n, int k, int threads) {
    int columns = n / threads;
    long panels = Math.ceilDiv(n, VectorTiles.COLS);
    long room = Math.ceilDiv(panels, threads) * threads;
    return columns >= OWN_COLS
        && k >= OWN_DEPTH
        && (long) columns * k < OWN_ELEMENTS
        && panels * 10 >= room * OWN_TENTHS;
  }

  /** As many blocks for each thread, each a multiple of the register tile's height. */
  private static int blockRows(int m, int k, int threads) {
    int most =
        Math.clamp(
            BLOCK_ELEMENTS / ((long) k * VectorTiles.ROWS), 1, BLOCK_ROWS / VectorTiles.ROWS);
    int tilesOfThread = Math.ceilDiv(Math.ceilDiv(m, VectorTiles.ROWS), threads);
    int blocks = Math.ceilDiv(tilesOfThread, most);
    return Math.ceilDiv(tilesOfThread, blocks) * VectorTiles.ROWS;
  }

  /** All columns, unless there are fewer blocks of rows than threads. */
  private static int blockCols(int m, int n, int k, int threads) {
    int panels = Math.ceilDiv(n, VectorTiles.COLS);
    int blocksDown = Math.ceilDiv(m, blockRows(m, k, threads));
    int blocksAcross = Math.clamp(threads / blocksDown, 1, panels);
    return Math.ceilDiv(panels, blocksAcross) * VectorTiles.COLS;
  }
}
