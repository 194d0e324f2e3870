package dev.gale.tasks.attention;

import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.shape.Shapes;

/**
 * The shape of an attention: queries [batchSize, numHeads, seqLenQ, headDim], keys [batchSize, numKvHeads, seqLenK,
 * headDim], values [batchSize, numKvHeads, seqLenK, headDimV], output [batchSize, numHeads, seqLenQ, headDimV], lse
 * [batchSize, numHeads, seqLenQ]; row-major and contiguous. Query head h reads key-value head h / (numHeads /
 * numKvHeads).
 */
public record AttentionShape(
    int batchSize,
    int numHeads,
    int numKvHeads,
    int seqLenQ,
    int seqLenK,
    int headDim,
    int headDimV) {

  /**
   * @throws IllegalArgumentException if a dimension is below 1, numKvHeads does not divide numHeads, or a buffer is
   *     too large to index with 32 bits
   */
  public AttentionShape {
    Shapes.positive("attention", "batchSize", batchSize);
    Shapes.positive("attention", "numHeads", numHeads);
    Shapes.positive("attention", "numKvHeads", numKvHeads);
    Shapes.positive("attention", "seqLenQ", seqLenQ);
    Shapes.positive("attention", "seqLenK", seqLenK);
    Shapes.positive("attention", "headDim", headDim);
    Shapes.positive("attention", "headDimV", headDimV);
    if (numHeads % numKvHeads != 0) {
      throw new IllegalArgumentException(
          "attention: numHeads " + numHeads + ", expected a multiple of numKvHeads " + numKvHeads);
    }
    Shapes.elements("queries", queriesFactors(batchSize, numHeads, seqLenQ, headDim));
    Shapes.elements("keys", kvFactors(batchSize, numKvHeads, seqLenK, "headDim", headDim));
    Shapes.elements("values", kvFactors(batchSize, numKvHeads, seqLenK, "headDimV", headDimV));
    Shapes.elements("output", outputFactors(batchSize, numHeads, seqLenQ, headDimV));
  }

  /** Self-attention with as many key-value heads as query heads. */
  public static AttentionShape self(int batchSize, int numHeads, int seqLen, int headDim) {
    return new AttentionShape(batchSize, numHeads, numHeads, seqLen, seqLen, headDim, headDim);
  }

  /**
   * The work of one attention: 2 FLOP for each element of a visible query-key pair's products with keys and values;
   * queries, keys, values, output and lse once each, 4 bytes an element. The exponentials are not counted, as is usual.
   *
   * @param options causal: only the visible pairs count
   */
  public Cost cost(AttentionOptions options) {
    long bytes =
        Float.BYTES
            * ((long) queriesElements()
                + keysElements()
                + valuesElements()
                + outputElements()
                + lseElements());
    return new Cost(2L * heads() * visiblePairs(options) * (headDim + headDimV), bytes);
  }

  /** The query-key pairs of a head that causality leaves; what a mask hides is counted. */
  long visiblePairs(AttentionOptions options) {
    if (!options.causal()) {
      return (long) seqLenQ * seqLenK;
    }
    long pairs = 0;
    for (int i = 0; i < seqLenQ; i++) {
      pairs += Math.clamp((long) i + seqLenK - seqLenQ + 1, 0, seqLenK);
    }
    return pairs;
  }

  /** Query heads of all batches: batchSize x numHeads. */
  public int heads() {
    return batchSize * numHeads;
  }

  /** Query heads that share a key-value head. */
  public int groupSize() {
    return numHeads / numKvHeads;
  }

  public int queriesElements() {
    return Shapes.elements("queries", queriesFactors(batchSize, numHeads, seqLenQ, headDim));
  }

  public int keysElements() {
    return Shapes.elements("keys", kvFactors(batchSize, numKvHeads, seqLenK, "headDim", headDim));
  }

  public int valuesElements() {
    return Shapes.elements(
        "values", kvFactors(batchSize, numKvHeads, seqLenK, "headDimV", headDimV));
  }

  public int outputElements() {
    return Shapes.elements("output", outputFactors(batchSize, numHeads, seqLenQ, headDimV));
  }

  public int lseElements() {
    return batchSize * numHeads * seqLenQ;
  }

  /**
   * The scores, and the probabilities, of all heads.
   *
   * @throws IllegalArgumentException if they are too many to index with 32 bits
   */
  public int scoresElements() {
    return Shapes.elements("scores", scoresFactors());
  }

  Object[] scoresFactors() {
    return new Object[] {
      "batchSize", batchSize, "numHeads", numHeads, "seqLenQ", seqLenQ, "seqLenK", seqLenK
    };
  }

  Object[] queriesFactors() {
    return queriesFactors(batchSize, numHeads, seqLenQ, headDim);
  }

  Object[] keysFactors() {
    return kvFactors(batchSize, numKvHeads, seqLenK, "headDim", headDim);
  }

  Object[] valuesFactors() {
    return kvFactors(batchSize, numKvHeads, seqLenK, "headDimV", headDimV);
  }

  Object[] outputFactors() {
    return outputFactors(batchSize, numHeads, seqLenQ, headDimV);
  }

  Object[] lseFactors() {
    return new Object[] {"batchSize", batchSize, "numHeads", numHeads, "seqLenQ", seqLenQ};
  }

  private static Object[] queriesFactors(int batch, int heads, int seqLenQ, int headDim) {
    return new Object[] {
      "batchSize", batch, "numHeads", heads, "seqLenQ", seqLenQ, "headDim", headDim
    };
  }

  private static Object[] kvFactors(int batch, int kvHeads, int seqLenK, String name, int dim) {
    return new Object[] {"batchSize", batch, "numKvHeads", kvHeads, "seqLenK", seqLenK, name, dim};
  }

  private static Object[] outputFactors(int batch, int heads, int seqLenQ, int headDimV) {
    return new Object[] {
      "batchSize", batch, "numHeads", heads, "seqLenQ", seqLenQ, "headDimV", headDimV
    };
  }
}
