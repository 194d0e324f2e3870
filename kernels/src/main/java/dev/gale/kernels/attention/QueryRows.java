package dev.gale.kernels.attention;

import dev.gale.kernels.vector.VectorExp;
import dev.gale.kernels.vector.VectorRows;
import dev.gale.kernels.vector.VectorTiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The query rows that share a key-value head, counted through all heads of the group, as they lie in memory: which keys each
 * sees, and how they are divided into work items.
 */
final class QueryRows {

  private final MemorySegment mask;
  private final int firstHead;
  private final int seqLenQ;
  private final int seqLenK;
  private final boolean causal;
  private final int maskHeads;

  /**
   * @param firstHead the first query head of the group
   * @param maskHeads heads of the mask, 0 for none
   */
  QueryRows(
      MemorySegment mask, int firstHead, int seqLenQ, int seqLenK, boolean causal, int maskHeads) {
    this.mask = mask;
    this.firstHead = firstHead;
    this.seqLenQ = seqLenQ;
    this.seqLenK = seqLenK;
    this.causal = causal;
    this.maskHeads = maskHeads;
  }

  /**
   * Rows of a work item: few enough that every thread of a large machine gets several.
   *
   * @param mostTiles register tiles of a full one
   */
  static int ofItem(int kvHeads, int rowsOfKvHead, int mostTiles) {
    long tiles = (long) kvHeads * rowsOfKvHead / (16L * VectorTiles.ROWS);
    return Math.clamp(tiles, 1, mostTiles) * VectorTiles.ROWS;
  }

  /**
   * Rows of a work item that packs keys for itself: as many as there may be, unless all threads are busier with fewer. With
   * four items a thread it does not matter whether threads get equally many, nor, in the order of {@link #balanced}, that
   * causality makes some of them short.
   *
   * @param leastTiles register tiles that pay for packing
   * @param mostTiles register tiles of a full one
   */
  static int ofPackingItem(
      int kvHeads, int rowsOfKvHead, int leastTiles, int mostTiles, int threads, boolean causal) {
    int tiles = Math.ceilDiv(rowsOfKvHead, VectorTiles.ROWS);
    int blocks = Math.ceilDiv(tiles, mostTiles);
    int most = Math.max(blocks, tiles / leastTiles);
    while (blocks < most
        && (long) kvHeads * blocks < 4L * threads
        && (causal || (long) kvHeads * blocks % threads != 0)) {
      blocks++;
    }
    return Math.ceilDiv(tiles, blocks) * VectorTiles.ROWS;
  }

  /** Spreads the causal mask's long and short blocks evenly over any contiguous part of a head's blocks. */
  static int balanced(int place, int blocks) {
    return (place & 1) == 0 ? place / 2 : blocks - 1 - place / 2;
  }

  /** The place of a row among the rows of all heads. */
  long index(int row) {
    return (long) firstHead * seqLenQ + row;
  }

  /** Whether there is a mask. */
  boolean masked() {
    return maskHeads > 0;
  }

  /** Keys that a row sees, causality alone considered: those before this one. */
  int visible(int row) {
    return causal ? Math.clamp((long) row % seqLenQ + seqLenK - seqLenQ + 1, 0, seqLenK) : seqLenK;
  }

  /** Keys that any of some rows sees. */
  int visible(int row, int rows) {
    int last = row + rows - 1;
    return visible(row / seqLenQ == last / seqLenQ ? last : seqLenQ - 1);
  }

  /** Whether a row does not see a key. */
  boolean hides(int row, int key) {
    return key >= visible(row)
        || (masked()
            && mask.get(ValueLayout.JAVA_FLOAT_UNALIGNED, maskAt(row, key))
                == Float.NEGATIVE_INFINITY);
  }

  /**
   * Adds the mask to a row's scores of some keys.
   *
   * @return whether it hides any
   */
  boolean addMask(float[] scores, int at, int row, int key, int count) {
    return VectorRows.addMask(mask, maskAt(row, key), scores, at, count);
  }

  private long maskAt(int row, int key) {
    int head = (firstHead + row / seqLenQ) % maskHeads;
    return (((long) head * seqLenQ + row % seqLenQ) * seqLenK + key) * Float.BYTES;
  }

  /**
   * The natural logarithm of a row's sum of exponentials.
   *
   * @param shift what its scores were less of; -infinity if it saw none
   * @param sum of the exponentials
   */
  float lse(float shift, float sum) {
    if (unseeing(shift, sum)) {
      return Float.NEGATIVE_INFINITY;
    }
    return (float)
        (masked()
            ? Math.max(shift, -Float.MAX_VALUE) + Math.log(sum)
            : (shift == Float.NEGATIVE_INFINITY ? 0.0 : shift) * VectorExp.LN_2 + Math.log(sum));
  }

  /** What a row's weighted sums are to be multiplied by. */
  static float factor(float shift, float sum) {
    return unseeing(shift, sum) ? 0.0f : 1.0f / sum;
  }

  private static boolean unseeing(float shift, float sum) {
    return shift == Float.NEGATIVE_INFINITY && sum == 0.0f;
  }
}
