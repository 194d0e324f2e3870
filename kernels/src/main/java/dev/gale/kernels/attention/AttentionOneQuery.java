package dev.gale.kernels.attention;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Attention of one query a head, elements of keys and values in the lanes of a vector: for decoding on processors behind a TornadoVM
 * backend, in three tasks: {@link #attend}, {@link AttentionOneQueryFinish} and {@link AttentionRepair} for what is not finite.
 */
public final class AttentionOneQuery {

  /** headDim and headDimV must be multiples of it. */
  public static final int LANES = 16;

  /** Keys between two looks at the maximum. */
  public static final int TILE = 32;

  private static final int TILE_VECTORS = TILE / LANES;

  private AttentionOneQuery() {}

  /** Vectors that a work item needs to work in, a query: maximum, sums, weighted values, then scores, products and the query. */
  public static int workVectors(int headDim, int headDimV) {
    return 2 + headDimV / LANES + TILE_VECTORS + TILE + headDim / LANES;
  }

  /**
   * For each part of the keys: rowMax = max of s[j], rowSum = sum of p[j], sum over j of p[j] values[g,j,:], p[j] =
   * LanesExp.exp(s[j] - rowMax), s[j] = scale queries[h,:] . keys[g,j,:]; g = h / groupSize. Tiles of 32 keys: their scores with
   * all queries of the group; the new maximum, the exponentials and their sum; then the products with the values, onto the sums scaled by exp(old
   * maximum - new maximum). While lanes are added the tile's values are brought into the cache, while values are weighed the keys
   * of the next tile.
   *
   * <p>Work items: one a part of the keys of a key-value head.
   *
   * <p>Numerics: fp32; a score is summed in 16 lanes, in the order of the elements, then across; sums of probabilities likewise, those with
   * values in the order of the keys. What is not finite makes the sums NaN, or is seen by {@link AttentionOneQueryFinish}, for {@link
   * AttentionRepair} to do the row again.
   *
   * <p>Cost: 2 (headDim + headDimV) FLOP and one exp a pair of query and key; keys and values are read from memory once for all
   * queries of a group, 4 bytes an element.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.attention.Attention}, but for whole vectors, which {@code
   * OneQueryAttention} looks after.
   *
   * <p>Source: Dao, Haziza, Massa, Sizov, "Flash-Decoding for long-context inference", 2023, for parts of the keys; Shazeer, "Fast
   * Transformer Decoding", arXiv:1911.02150 (2019), for what sharing keys saves.
   *
   * @param queries [kvHeads groupSize, headDim], read
   * @param keys [kvHeads, seqLenK, headDim], read
   * @param values [kvHeads, seqLenK, headDimV], read
   * @param work [kvHeads, splits, groupSize, {@link #workVectors}] vectors, written and read; left in the first 2 + headDimV / 16 of each
   *     query: the maximum in all lanes, sums whose sum is rowSum, the weighted values
   * @param kvHeads key-value heads of all batches
   * @param groupSize query heads that share a key-value head
   * @param seqLenK keys a head
   * @param headDim elements of a query and of a key, a multiple of {@link #LANES}
   * @param headDimV elements of a value, a multiple of {@link #LANES}
   * @param scale factor on the products
   * @param splits parts of the keys
   */
  public static void attend(
      FloatArray queries,
      FloatArray keys,
      FloatArray values,
      FloatArray work,
      int kvHeads,
      int groupSize,
      int seqLenK,
      int headDim,
      int headDimV,
      float scale,
      int splits) {
    for (@Parallel int item = 0; item < kvHeads * splits; item++) {
      // Views, which cost nothing on a device: a load of 16 elements is one, where sixteen stay
      // sixteen.
      VectorFloat16 q = new VectorFloat16(queries);
      VectorFloat16 w = new VectorFloat16(work);
      int dims = headDim / LANES;
      int columns = headDimV / LANES;
      int stride = workVectors(headDim, headDimV);
      int head = item / splits;
      int split = item % splits;
      int tiles = (seqLenK + TILE - 1) / TILE;
      int end = TornadoMath.min(seqLenK, tiles * (split + 1) / splits * TILE);
      int part = item * groupSize * stride;
      int scores = part + 2 + columns;
      int products = scores + TILE_VECTORS;
      int scaled = products + TILE;
      for (int g = 0; g < groupSize; g++) {
        w.set(part + g * stride, Lanes.broadcast(-Float.MAX_VALUE));
        for (int c = 1; c < 2 + columns; c++) {
          w.set(part + g * stride + c, Lanes.broadcast(0.0f));
        }
        for (int d = 0; d < dims; d++) {
          w.set(
              scaled + g * stride + d,
              Float16.mult(q.get((head * groupSize + g) * dims + d), Lanes.broadcast(scale)));
        }
      }
      float notFinite = 0.0f;
      for (int from = tiles * split / splits * TILE; from < end; from += TILE) {
        int width = TornadoMath.min(TILE, end - from);
        int key = head * seqLenK + from;
        int next =
            head * seqLenK + TornadoMath.min(from + TILE, TornadoMath.max(seqLenK - TILE, 0));
        OneQueryScores.multiply(
            work, keys, scaled, products, key * dims, width, groupSize, stride, dims);
        for (int g = 0; g < groupSize; g++) {
          notFinite +=
              OneQueryScores.add(
                  work,
                  products + g * stride,
                  (scores + g * stride) * LANES,
                  width,
                  values,
                  key * headDimV,
                  columns,
                  g,
                  groupSize);
        }
        for (int g = 0; g < groupSize; g++) {
          for (int j = width; j < TILE; j++) {
            work.set((scores + g * stride) * LANES + j, Float.NEGATIVE_INFINITY);
          }
        }
        for (int g = 0; g < groupSize; g++) {
          int own = part + g * stride;
          int tile = scores + g * stride;
          Float16 before = w.get(own);
          Float16 maxima = before;
          for (int t = tile; t < tile + TILE_VECTORS; t++) {
            maxima = Lanes.larger(maxima, Lanes.computed(w.get(t)));
          }
          Float16 shift = Lanes.broadcast(Lanes.largest(Lanes.computed(maxima)));
          Float16 factor = LanesExp.exp(Float16.sub(before, shift));
          Float16 rowSums = Float16.mult(w.get(own + 1), factor);
          for (int t = tile; t < tile + TILE_VECTORS; t++) {
            Float16 exponentials = LanesExp.exp(Float16.sub(w.get(t), shift));
            w.set(t, exponentials);
            rowSums = Float16.add(rowSums, exponentials);
          }
          w.set(own, factor);
          w.set(own + 1, rowSums);
          // Where the first product was: the place of the maximum holds the factor for now.
          w.set(tile + TILE_VECTORS, shift);
        }
        int fours = groupSize / 4;
        int shares = fours + groupSize % 4;
        for (int g = 0; g < 4 * fours; g += 4) {
          notFinite +=
              OneQueryValues.four(
                  values,
                  work,
                  part + g * stride,
                  scores + g * stride,
                  stride,
                  key * columns,
                  width,
                  columns,
                  keys,
                  next * headDim,
                  dims,
                  g / 4,
                  shares);
        }
        for (int g = 4 * fours; g < groupSize; g++) {
          notFinite +=
              OneQueryValues.one(
                  values,
                  work,
                  part + g * stride,
                  scores + g * stride,
                  key * columns,
                  width,
                  columns,
                  keys,
                  next * headDim,
                  dims,
                  g - 3 * fours,
                  shares);
        }
        for (int g = 0; g < groupSize; g++) {
          w.set(part + g * stride, w.get(scores + g * stride + TILE_VECTORS));
        }
      }
      for (int g = 0; g < groupSize; g++) {
        int sums = part + g * stride + 1;
        w.set(sums, Float16.add(w.get(sums), Lanes.broadcast(notFinite)));
      }
    }
  }
}
