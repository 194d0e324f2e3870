package dev.gale.kernels.attention;

import dev.gale.kernels.vector.VectorRows;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the vector kernels' work items read and write, and its shape: the parameters of {@link AttentionVector#attention} and
 * {@link AttentionDecode#attention}, where they are described.
 */
record AttentionOperands(
    MemorySegment queries,
    MemorySegment keys,
    MemorySegment values,
    MemorySegment mask,
    MemorySegment output,
    MemorySegment lse,
    int groupSize,
    int seqLenQ,
    int seqLenK,
    int headDim,
    int headDimV,
    float scale,
    boolean causal,
    int maskHeads) {

  /** The query rows that share a key-value head. */
  QueryRows rows(int kvHead) {
    return new QueryRows(mask, kvHead * groupSize, seqLenQ, seqLenK, causal, maskHeads);
  }

  /**
   * Divides a row's weighted sums and writes its output and its lse.
   *
   * @param scratch where the sums are, with room for whole vectors
   * @param sums the first
   * @param at the place of the row among those of all heads
   * @param rows the rows it is one of
   * @param shift what its scores were less of
   * @param sum of its exponentials
   */
  void finish(float[] scratch, int sums, long at, QueryRows rows, float shift, float sum) {
    VectorRows.scale(scratch, sums, headDimV, QueryRows.factor(shift, sum));
    long start = at * headDimV * Float.BYTES;
    VectorTiles.storeRows(scratch, sums, headDimV, output, start, headDimV, 1, headDimV);
    lse.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at * Float.BYTES, rows.lse(shift, sum));
  }
}
