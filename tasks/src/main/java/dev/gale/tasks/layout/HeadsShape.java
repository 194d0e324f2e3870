package dev.gale.tasks.layout;

import dev.gale.tasks.shape.Shapes;

/**
 * Heads in two layouts: token-major [batchSize, seqLen, numHeads, headDim], as a projection of tokens writes them, and
 * head-major [batchSize, numHeads, seqLen, headDim], as attention reads them; both row-major and contiguous.
 */
public record HeadsShape(int batchSize, int seqLen, int numHeads, int headDim) {

  /**
   * @throws IllegalArgumentException if a dimension is below 1, or the buffer is too large to index with 32 bits
   */
  public HeadsShape {
    Shapes.positive("heads", "batchSize", batchSize);
    Shapes.positive("heads", "seqLen", seqLen);
    Shapes.positive("heads", "numHeads", numHeads);
    Shapes.positive("heads", "headDim", headDim);
    elements(batchSize, seqLen, numHeads, headDim);
  }

  /** Elements of either layout. */
  public int elements() {
    return elements(batchSize, seqLen, numHeads, headDim);
  }

  private static int elements(int batchSize, int seqLen, int numHeads, int headDim) {
    return Shapes.elements(
        "heads",
        "batchSize",
        batchSize,
        "seqLen",
        seqLen,
        "numHeads",
        numHeads,
        "headDim",
        headDim);
  }
}
