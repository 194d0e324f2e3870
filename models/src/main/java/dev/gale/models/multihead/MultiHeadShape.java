package dev.gale.models.multihead;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.layout.HeadsShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.shape.Shapes;

/**
 * The shape of multi-head attention: input [batchSize, seqLenQ, modelDim], memory [batchSize, seqLenK, memoryDim], which
 * is the input itself in self-attention, output [batchSize, seqLenQ, modelDim]; Wq [modelDim, numHeads x headDim], Wk
 * [memoryDim, numKvHeads x headDim], Wv [memoryDim, numKvHeads x headDimV], Wo [numHeads x headDimV, modelDim]; row-major
 * and contiguous. The columns of a head stand together, in the order of the heads. Query head h reads key-value head h /
 * (numHeads / numKvHeads).
 */
public record MultiHeadShape(
    int batchSize,
    int seqLenQ,
    int seqLenK,
    int modelDim,
    int memoryDim,
    int numHeads,
    int numKvHeads,
    int headDim,
    int headDimV) {

  /**
   * @throws IllegalArgumentException if a dimension is below 1, numKvHeads does not divide numHeads, or a buffer is too
   *     large to index with 32 bits
   */
  public MultiHeadShape {
    Shapes.positive("multihead", "modelDim", modelDim);
    Shapes.positive("multihead", "memoryDim", memoryDim);
    AttentionShape attention =
        new AttentionShape(batchSize, numHeads, numKvHeads, seqLenQ, seqLenK, headDim, headDimV);
    Shapes.elements("input", inputFactors(attention, modelDim));
    Shapes.elements("memory", memoryFactors(attention, memoryDim));
    for (Projection projection : Projection.values()) {
      Shapes.elements(
          projection.weightName(), weightFactors(projection, attention, modelDim, memoryDim));
    }
  }

  /**
   * Self-attention with as many key-value heads as query heads, of modelDim / numHeads each (Vaswani et al. 2017,
   * section 3.2.2).
   *
   * @throws IllegalArgumentException if numHeads does not divide modelDim
   */
  public static MultiHeadShape self(int batchSize, int seqLen, int modelDim, int numHeads) {
    Shapes.positive("multihead", "numHeads", numHeads);
    if (modelDim % numHeads != 0) {
      throw new IllegalArgumentException(
          "multihead: modelDim "
              + modelDim
              + ", expected a multiple of numHeads "
              + numHeads
              + ", unless headDim is given");
    }
    int headDim = modelDim / numHeads;
    return new MultiHeadShape(
        batchSize, seqLen, seqLen, modelDim, modelDim, numHeads, numHeads, headDim, headDim);
  }

  /** The attention between the projections. */
  public AttentionShape attention() {
    return new AttentionShape(batchSize, numHeads, numKvHeads, seqLenQ, seqLenK, headDim, headDimV);
  }

  /** The multiplication of a projection: m tokens, n outputDim, k inputDim. */
  public MatmulShape projection(Projection projection) {
    return switch (projection) {
      case QUERY -> new MatmulShape(batchSize * seqLenQ, numHeads * headDim, modelDim);
      case KEY -> new MatmulShape(batchSize * seqLenK, numKvHeads * headDim, memoryDim);
      case VALUE -> new MatmulShape(batchSize * seqLenK, numKvHeads * headDimV, memoryDim);
      case OUTPUT -> new MatmulShape(batchSize * seqLenQ, modelDim, numHeads * headDimV);
    };
  }

  /** The heads that a projection writes or, the output projection, reads. */
  public HeadsShape heads(Projection projection) {
    return switch (projection) {
      case QUERY -> new HeadsShape(batchSize, seqLenQ, numHeads, headDim);
      case KEY -> new HeadsShape(batchSize, seqLenK, numKvHeads, headDim);
      case VALUE -> new HeadsShape(batchSize, seqLenK, numKvHeads, headDimV);
      case OUTPUT -> new HeadsShape(batchSize, seqLenQ, numHeads, headDimV);
    };
  }

  public int inputElements() {
    return Shapes.elements("input", inputFactors());
  }

  public int memoryElements() {
    return Shapes.elements("memory", memoryFactors());
  }

  public int outputElements() {
    return inputElements();
  }

  /**
   * The work of one run: that of the four projections with their biases, and that of the attention; input, memory,
   * weights and output once each, 4 bytes an element.
   *
   * @param options causal: only the visible pairs count
   * @param self whether the memory is the input
   */
  public Cost cost(MultiHeadOptions options, boolean self) {
    long flop = attention().cost(options.attention()).flop();
    long elements = (long) inputElements() + outputElements() + (self ? 0 : memoryElements());
    for (Projection projection : Projection.values()) {
      MatmulShape shape = projection(projection);
      flop += shape.cost().flop();
      elements += (long) shape.k() * shape.n();
      if (options.hasBias(projection)) {
        flop += (long) shape.m() * shape.n();
        elements += shape.n();
      }
    }
    return new Cost(flop, Float.BYTES * elements);
  }

  Object[] inputFactors() {
    return inputFactors(attention(), modelDim);
  }

  Object[] memoryFactors() {
    return memoryFactors(attention(), memoryDim);
  }

  Object[] weightFactors(Projection projection) {
    return weightFactors(projection, attention(), modelDim, memoryDim);
  }

  Object[] biasFactors(Projection projection) {
    Object[] factors = weightFactors(projection);
    return switch (projection) {
      case QUERY, KEY, VALUE -> new Object[] {factors[2], factors[3], factors[4], factors[5]};
      case OUTPUT -> new Object[] {factors[4], factors[5]};
    };
  }

  private static Object[] inputFactors(AttentionShape attention, int modelDim) {
    return new Object[] {
      "batchSize", attention.batchSize(), "seqLenQ", attention.seqLenQ(), "modelDim", modelDim
    };
  }

  private static Object[] memoryFactors(AttentionShape attention, int memoryDim) {
    return new Object[] {
      "batchSize", attention.batchSize(), "seqLenK", attention.seqLenK(), "memoryDim", memoryDim
    };
  }

  private static Object[] weightFactors(
      Projection projection, AttentionShape attention, int modelDim, int memoryDim) {
    int numHeads = attention.numHeads();
    int numKvHeads = attention.numKvHeads();
    return switch (projection) {
      case QUERY ->
          new Object[] {"modelDim", modelDim, "numHeads", numHeads, "headDim", attention.headDim()};
      case KEY ->
          new Object[] {
            "memoryDim", memoryDim, "numKvHeads", numKvHeads, "headDim", attention.headDim()
          };
      case VALUE ->
          new Object[] {
            "memoryDim", memoryDim, "numKvHeads", numKvHeads, "headDimV", attention.headDimV()
          };
      case OUTPUT ->
          new Object[] {
            "numHeads", numHeads, "headDimV", attention.headDimV(), "modelDim", modelDim
          };
    };
  }
}
