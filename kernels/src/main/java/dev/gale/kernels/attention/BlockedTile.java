package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** A block of 16 query rows and 128 keys, for {@link AttentionBlocked}: scores, exponentials, and their products with the values. */
final class BlockedTile {

  private static final int ROWS = AttentionBlocked.ROWS;
  private static final int KEYS = AttentionBlocked.KEYS;

  /** Elements in a line of a cache, as good as everywhere. */
  private static final int LINE = 16;

  private BlockedTile() {}

  /**
   * Adds keys {@code from} to {@code from} + 127 to the maxima and sums of the blocks of a group, one after the other.
   *
   * @param work holds what the blocks have so far, and receives a block's scores, from vector {@code scores} on
   * @param h query head
   * @param firstRow first row of the group
   * @param end its last row, and 1
   */
  static void attend(
      FloatArray keys,
      FloatArray values,
      FloatArray mask,
      FloatArray work,
      int scores,
      int h,
      int firstRow,
      int end,
      int from,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      int causal,
      int maskHeads,
      int panel) {
    for (int row = firstRow; row < end; row += ROWS) {
      block(
          keys,
          values,
          mask,
          work,
          scores,
          scores + KEYS + (row - firstRow) / ROWS * BlockedRows.vectors(headDim, headDimV),
          h,
          row,
          from,
          groupSize,
          seqLenQ,
          seqLenK,
          headDim,
          headDimV,
          causal,
          maskHeads,
          panel);
    }
  }

  /**
   * The same for one block, whose first row is {@code row} and whose vectors begin at {@code state}; keys that none of its rows sees are left out.
   */
  private static void block(
      FloatArray keys,
      FloatArray values,
      FloatArray mask,
      FloatArray work,
      int scores,
      int state,
      int h,
      int row,
      int from,
      int groupSize,
      int seqLenQ,
      int seqLenK,
      int headDim,
      int headDimV,
      int causal,
      int maskHeads,
      int panel) {
    VectorFloat16 w = new VectorFloat16(work);
    int factor = scores - 1;
    int sums = BlockedRows.sums(state, headDim);
    int maxima = sums + headDimV;
    int divisors = maxima + 1;
    int firstKey = h / groupSize * seqLenK;
    int keysSeen = seqLenK;
    int firstHidden = seqLenK;
    if (causal != 0) {
      firstHidden = row + seqLenK - seqLenQ + 1;
      keysSeen = TornadoMath.min(seqLenK, firstHidden + ROWS - 1);
    }
    int width = TornadoMath.min(KEYS, keysSeen - from);
    if (width > 0) {
      if (groupSize * seqLenQ <= ROWS) {
        float touched =
            touch(keys, (firstKey + from) * headDim, width * headDim)
                + touch(values, (firstKey + from) * headDimV, width * headDimV);
        w.set(divisors, Float16.add(w.get(divisors), Lanes.broadcast(touched)));
      }
      for (int j = 0; j < width; j += panel) {
        int key = (firstKey + from + j) * headDim;
        int last = seqLenK - 1 - from - j;
        if (panel == AttentionBlocked.PANEL) {
          BlockedScores.multiply(work, keys, state, scores + j, key, last, seqLenK, headDim);
        } else {
          BlockedScoresSmall.multiply(work, keys, state, scores + j, key, last, seqLenK, headDim);
        }
      }
      if (causal != 0) {
        for (int j = TornadoMath.max(firstHidden - from, 0); j < width; j++) {
          // So many lanes, counted from the first row, do not see the key.
          int lanes = from + j - firstHidden + 1;
          w.set(scores + j, Float16.add(w.get(scores + j), BlockedRows.hidden(lanes)));
        }
      }
      if (maskHeads > 0) {
        int maskRow = (h % maskHeads * seqLenQ + row) * seqLenK;
        for (int j = 0; j < width; j++) {
          Float16 bias = BlockedRows.column(mask, maskRow + from + j, seqLenK, seqLenQ - 1 - row);
          w.set(scores + j, Float16.add(w.get(scores + j), bias));
        }
      }
      Float16 oldMax = w.get(maxima);
      Float16 newMax = oldMax;
      Float16 otherMax = oldMax;
      for (int j = 0; j < width / 2 * 2; j += 2) {
        newMax = Lanes.larger(newMax, w.get(scores + j));
        otherMax = Lanes.larger(otherMax, w.get(scores + j + 1));
      }
      newMax = Lanes.larger(newMax, Lanes.larger(otherMax, w.get(scores + width - 1)));
      w.set(maxima, newMax);
      // Until a score is above -infinity, the shift is finite: -infinity - -infinity would be
      // NaN.
      Float16 shift = Lanes.larger(newMax, Lanes.broadcast(-Float.MAX_VALUE));
      w.set(factor, oldMax);
      for (int j = factor; j < scores + width; j++) {
        w.set(j, LanesExp.exp(Float16.sub(w.get(j), shift)));
      }
      Float16 correction = w.get(factor);
      Float16 rowSum = Float16.mult(w.get(divisors), correction);
      for (int j = 0; j < width; j++) {
        rowSum = Float16.add(rowSum, w.get(scores + j));
      }
      w.set(divisors, rowSum);
      int value = (firstKey + from) * headDimV;
      if (panel == AttentionBlocked.PANEL) {
        BlockedValues.multiply(work, values, sums, scores, correction, value, width, headDimV);
      } else {
        BlockedValuesSmall.multiply(work, values, sums, scores, correction, value, width, headDimV);
      }
    }
  }

  /**
   * Brings elements into the cache in the order of memory, which the products don't keep: with few rows they would wait
   * for each line.
   *
   * @return 0, or NaN where one that was looked at, or their sum, is not finite
   */
  private static float touch(FloatArray from, int first, int count) {
    float sum = 0.0f;
    float other = 0.0f;
    for (int i = 0; i < count; i += 2 * LINE) {
      sum += from.get(first + i);
      other += from.get(first + TornadoMath.min(i + LINE, count - 1));
    }
    return (sum + other) * 0.0f;
  }
}
