package dev.gale.validation.reference;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import java.util.function.Consumer;

/**
 * output = softmax(scale Q K^T + mask) V in double precision, by {@code RealMatrix.multiply} and {@code FastMath.exp},
 * block of rows by block of rows, so that no matrix of seqLenQ x seqLenK is ever whole.
 *
 * @param output [batchSize, numHeads, seqLenQ, headDimV]
 * @param lse [batchSize, numHeads, seqLenQ]
 */
// As large as the outputs: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record AttentionReference(double[] output, double[] lse) {

  /** Rows of a block: twice the blocks of commons-math's own block matrix. */
  private static final int ROWS = 104;

  /** Computes the reference of a case. */
  public static AttentionReference of(AttentionCase attention) {
    return of(AttentionOperands.of(attention), block -> {});
  }

  /**
   * Computes a reference.
   *
   * @param bounds told each block, by several threads at once; the blocks are disjoint
   */
  public static AttentionReference of(
      AttentionOperands attention, Consumer<AttentionBlock> bounds) {
    AttentionShape shape = attention.shape();
    int headDimV = shape.headDimV();
    double[] output = new double[shape.outputElements()];
    double[] lse = new double[shape.lseElements()];
    forEachBlock(
        attention,
        block -> {
          double[][] rows = block.output();
          for (int r = 0; r < rows.length; r++) {
            int row = block.firstRow() + r;
            System.arraycopy(rows[r], 0, output, row * headDimV, headDimV);
            lse[row] = block.lse(r);
          }
          bounds.accept(block);
        });
    return new AttentionReference(output, lse);
  }

  /** All rows, in blocks of one head each, by several threads at once. */
  public static void forEachBlock(AttentionOperands attention, Consumer<AttentionBlock> sink) {
    AttentionShape shape = attention.shape();
    int blocks = Math.ceilDiv(shape.seqLenQ(), ROWS);
    Parallel.forEach(
        shape.batchSize() * shape.numKvHeads(),
        kvHead -> {
          KvHead all = KvHead.of(attention, kvHead, shape.seqLenK());
          Parallel.forEach(
              shape.groupSize() * blocks,
              piece -> {
                int head = kvHead * shape.groupSize() + piece / blocks;
                int firstRow = piece % blocks * ROWS;
                int rows = Math.min(ROWS, shape.seqLenQ() - firstRow);
                int seen = seen(attention, firstRow + rows - 1);
                KvHead part =
                    seen == shape.seqLenK()
                        ? all
                        // A matrix has one column at least; nothing of it is visible.
                        : KvHead.of(attention, kvHead, Math.max(1, seen));
                sink.accept(block(attention, head, firstRow, rows, part));
              });
        });
  }

  /** How many keys a query may see by causality, from the first on. */
  private static int seen(AttentionOperands attention, int query) {
    AttentionShape shape = attention.shape();
    return attention.options().causal()
        ? Math.clamp((long) query + shape.seqLenK() - shape.seqLenQ() + 1, 0, shape.seqLenK())
        : shape.seqLenK();
  }

  private static AttentionBlock block(
      AttentionOperands attention, int head, int firstRow, int rows, KvHead kvHead) {
    AttentionShape shape = attention.shape();
    AttentionOptions options = attention.options();
    int row = head * shape.seqLenQ() + firstRow;
    double[][] queries =
        Doubles.rows(attention.queries(), row * shape.headDim(), rows, shape.headDim());
    double[][] queryErrors =
        attention.queries().isExact()
            ? new double[0][]
            : Doubles.errorRows(attention.queries(), row * shape.headDim(), rows, shape.headDim());
    int keys = kvHead.keyNorms().length;
    boolean[][] visible = new boolean[rows][keys];
    double[][] biases = new double[options.maskHeads() == 0 ? 0 : rows][keys];
    for (int r = 0; r < rows; r++) {
      int seen = seen(attention, firstRow + r);
      for (int j = 0; j < seen; j++) {
        visible[r][j] = true;
      }
      if (options.maskHeads() > 0) {
        int maskHead = head % options.maskHeads();
        int maskRow = (maskHead * shape.seqLenQ() + firstRow + r) * shape.seqLenK();
        for (int j = 0; j < keys; j++) {
          biases[r][j] = attention.mask().get(maskRow + j);
          visible[r][j] &= biases[r][j] != Double.NEGATIVE_INFINITY;
        }
      }
    }
    return new AttentionBlock(row, queries, queryErrors, visible, biases, options.scale(), kvHead);
  }
}
