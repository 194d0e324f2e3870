package dev.gale.tasks.softmax;

import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.shape.Shapes;

/**
 * The shape of a softmax by rows: logits[rows, cols] to probabilities[rows, cols], row-major and contiguous.
 *
 * @param rows independent rows
 * @param cols elements that are normalised together
 */
public record SoftmaxShape(int rows, int cols) {

  /** FLOP an element: subtract, exponentiate (counted as one), add, divide, and the comparison for the maximum. */
  private static final long FLOP_PER_ELEMENT = 5;

  /**
   * @throws IllegalArgumentException if a dimension is below 1, or the matrix is too large to index with 32 bits
   */
  public SoftmaxShape {
    Shapes.positive("softmax", "rows", rows);
    Shapes.positive("softmax", "cols", cols);
    Shapes.elements("logits", "rows", rows, "cols", cols);
  }

  /** Logits read once and probabilities written once, 4 bytes an element. */
  public Cost cost() {
    long elements = (long) rows * cols;
    return new Cost(FLOP_PER_ELEMENT * elements, 2L * Float.BYTES * elements);
  }
}
