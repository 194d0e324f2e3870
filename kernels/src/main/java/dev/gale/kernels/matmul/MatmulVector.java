package dev.gale.kernels.matmul;

import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Matrix multiplication with the JDK's Vector API: B packed into panels, cache blocks, register tiles of 12 rows by 2
 * vectors, 4 rows where vectors are shorter than 512 bits. Two tasks: {@link #pack}, then {@link #matmul};
 * or {@link #matmulByColumns} or {@link #matmulFewRows} alone.
 */
public final class MatmulVector {

  private MatmulVector() {}

  /** Elements that packed B takes, with room to start it on a cache line. */
  public static long packedElements(int n, int k) {
    return (long) Math.ceilDiv(n, VectorTiles.COLS) * VectorTiles.COLS * k
        + VectorTiles.CACHE_LINE_BYTES / Float.BYTES;
  }

  /**
   * packed[p,l,j] = b[l, p COLS + j], 0 behind the last column of B; COLS is {@link VectorTiles#COLS}.
   *
   * <p>Work items: one a panel of COLS columns.
   *
   * <p>Numerics: a copy.
   *
   * <p>Cost: n k loads and stores of 4 bytes.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.Matmul}.
   *
   * @param b [k, n], read
   * @param packed [ceil(n / COLS), k, COLS] from its first cache line on, written; {@link #packedElements} long
   * @param n columns of B
   * @param k rows of B
   */
  public static void pack(FloatArray b, FloatArray packed, int n, int k) {
    int panels = Math.ceilDiv(n, VectorTiles.COLS);
    for (@Parallel int panel = 0; panel < panels; panel++) {
      packPanel(b.getSegment(), packed.getSegment(), panel, n, k);
    }
  }

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j].
   *
   * <p>Work items: one a block of C of {@code blockRows} rows and {@code blockCols} columns, blocks in row-major order.
   *
   * <p>Numerics: fp32 fused multiply-add in the order of l, in pieces of {@link VectorTiles#DEPTH} that are summed in
   * order; NaN and infinity propagate as IEEE 754 says.
   *
   * <p>Cost: 2 m n k FLOP; A is read once for each column of blocks, B once for each row of blocks, 4 bytes an element.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.Matmul}.
   *
   * <p>Source: Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS 34(3), 2008; the
   * register tile as in BLIS (Van Zee and van de Geijn, ACM TOMS 41(3), 2015). B is packed whole and once, not block by
   * block, because it is shared by all threads; rows of A are copied, not interleaved.
   *
   * @param a [m, k], read
   * @param packed B as {@link #pack} left it, read
   * @param c [m, n], written
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k columns of A, rows of B
   * @param blockRows rows of a block
   * @param blockCols columns of a block, a multiple of COLS
   */
  public static void matmul(
      FloatArray a,
      FloatArray packed,
      FloatArray c,
      int m,
      int n,
      int k,
      int blockRows,
      int blockCols) {
    int blocksAcross = Math.ceilDiv(n, blockCols);
    int blocks = Math.ceilDiv(m, blockRows) * blocksAcross;
    for (@Parallel int block = 0; block < blocks; block++) {
      int row = block / blocksAcross * blockRows;
      int column = block % blocksAcross * blockCols;
      MatmulBlock.multiply(
          a.getSegment(),
          packed.getSegment(),
          c.getSegment(),
          row,
          Math.min(blockRows, m - row),
          column,
          Math.min(blockCols, n - column),
          n,
          k);
    }
  }

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j], by work items that each pack the columns of B which they multiply by: they stay
   * in that core's caches, and no core waits for another's. In return each work item copies all rows of A.
   *
   * <p>Work items: one a block of {@code blockCols} columns of C.
   *
   * <p>Numerics: fp32 fused multiply-add in the order of l, in pieces of {@link VectorTiles#DEPTH} that are summed in
   * order; NaN and infinity propagate as IEEE 754 says.
   *
   * <p>Cost: 2 m n k FLOP; A is read once for each work item, B for each {@code blockRows} rows, 4 bytes an element.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.Matmul}.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param packed working memory of {@link #packedElements}
   * @param c [m, n], written
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k columns of A, rows of B
   * @param blockRows rows that are copied and multiplied at a time
   * @param blockCols columns of a work item, a multiple of COLS
   */
  public static void matmulByColumns(
      FloatArray a,
      FloatArray b,
      FloatArray packed,
      FloatArray c,
      int m,
      int n,
      int k,
      int blockRows,
      int blockCols) {
    int blocks = Math.ceilDiv(n, blockCols);
    for (@Parallel int block = 0; block < blocks; block++) {
      int first = block * blockCols;
      int end = Math.min(first + blockCols, n);
      for (int column = first; column < end; column += VectorTiles.COLS) {
        packPanel(b.getSegment(), packed.getSegment(), column / VectorTiles.COLS, n, k);
      }
      for (int top = 0; top < m; top += blockRows) {
        MatmulBlock.multiply(
            a.getSegment(),
            packed.getSegment(),
            c.getSegment(),
            top,
            Math.min(blockRows, m - top),
            first,
            end - first,
            n,
            k);
      }
    }
  }

  /**
   * c[i,j] = sum over l of a[i,l] b[l,j], for so few rows that packing B would cost more than it saves.
   *
   * <p>Work items: one a block of {@code blockCols} columns of C.
   *
   * <p>Numerics: fp32 fused multiply-add in the order of l; NaN and infinity propagate as IEEE 754 says.
   *
   * <p>Cost: 2 m n k FLOP; B is read once where it lies, 4 bytes an element: memory sets the pace up to about eight rows.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.matmul.Matmul}.
   *
   * @param a [m, k], read
   * @param b [k, n], read
   * @param c [m, n], written
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k columns of A, rows of B
   * @param blockCols columns of a block
   */
  public static void matmulFewRows(
      FloatArray a, FloatArray b, FloatArray c, int m, int n, int k, int blockCols) {
    int blocks = Math.ceilDiv(n, blockCols);
    for (@Parallel int block = 0; block < blocks; block++) {
      int column = block * blockCols;
      MatmulRows.multiply(
          a.getSegment(),
          b.getSegment(),
          c.getSegment(),
          m,
          column,
          Math.min(blockCols, n - column),
          n,
          k);
    }
  }

  private static void packPanel(MemorySegment b, MemorySegment packed, int panel, int n, int k) {
    int column = panel * VectorTiles.COLS;
    int columns = Math.min(VectorTiles.COLS, n - column);
    long target = VectorTiles.alignment(packed) + (long) panel * k * VectorTiles.B_STRIDE_BYTES;
    long source = (long) column * Float.BYTES;
    VectorTiles.packRows(b, source, n, packed, target, k, columns);
  }
}
