package dev.gale.validation.cases;

import dev.gale.tasks.shape.Shapes;
import dev.gale.tasks.softmax.SoftmaxShape;
import java.util.OptionalLong;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One softmax by rows to run. The buffer is not to change once the case has run, for its reference is kept.
 *
 * @param shape rows, cols
 * @param logits [rows, cols]
 * @param seed what the logits were generated from; empty if they were given
 */
public record SoftmaxCase(SoftmaxShape shape, FloatArray logits, OptionalLong seed) {

  /**
   * @throws IllegalArgumentException if the buffer is not as long as the shape says
   */
  public SoftmaxCase {
    Shapes.length("logits", logits, 0, "rows", shape.rows(), "cols", shape.cols());
  }

  /** A case of given logits. */
  public SoftmaxCase(SoftmaxShape shape, FloatArray logits) {
    this(shape, logits, OptionalLong.empty());
  }

  /** A case of standard normal logits. */
  public static SoftmaxCase generated(SoftmaxShape shape, long seed) {
    FloatArray logits = new RandomInputs(seed).normal(shape.rows() * shape.cols());
    return new SoftmaxCase(shape, logits, OptionalLong.of(seed));
  }
}
