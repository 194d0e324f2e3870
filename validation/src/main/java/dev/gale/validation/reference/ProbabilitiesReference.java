package dev.gale.validation.reference;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import java.util.function.Consumer;

/**
 * The probabilities of an attention in double precision.
 *
 * @param probabilities [batchSize, numHeads, seqLenQ, seqLenK]; 0 where a query does not see a key
 * @param lse [batchSize, numHeads, seqLenQ]
 */
// As large as the outputs: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record ProbabilitiesReference(double[] probabilities, double[] lse) {

  /**
   * Computes the reference of a case.
   *
   * @param bounds told each block, by several threads at once; the blocks are disjoint
   */
  public static ProbabilitiesReference of(
      AttentionCase attention, Consumer<AttentionBlock> bounds) {
    AttentionShape shape = attention.shape();
    double[] probabilities = new double[shape.scoresElements()];
    double[] lse = new double[shape.lseElements()];
    AttentionReference.forEachBlock(
        AttentionOperands.of(attention),
        block -> {
          for (int r = 0; r < block.rows(); r++) {
            int row = block.firstRow() + r;
            lse[row] = block.lse(r);
            for (int j = 0; j < block.keys(); j++) {
              // In a row that is NaN, what is hidden stays 0.
              probabilities[row * shape.seqLenK() + j] =
                  block.visible(r, j) ? block.probabilities(r)[j] : 0;
            }
          }
          bounds.accept(block);
        });
    return new ProbabilitiesReference(probabilities, lse);
  }
}
