package dev.gale.validation.cases;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.shape.Shapes;
import java.util.OptionalLong;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One multiplication to run: C = A B. The buffers are not to change once the case has run, for its reference is kept.
 *
 * @param shape m, n, k
 * @param a [m, k]
 * @param b [k, n]
 * @param seed what the inputs were generated from; empty if they were given
 */
public record MatmulCase(MatmulShape shape, FloatArray a, FloatArray b, OptionalLong seed) {

  /**
   * @throws IllegalArgumentException if a buffer is not as long as the shape says
   */
  public MatmulCase {
    Shapes.length("a", a, 0, "m", shape.m(), "k", shape.k());
    Shapes.length("b", b, 0, "k", shape.k(), "n", shape.n());
  }

  /** A case of given inputs. */
  public MatmulCase(MatmulShape shape, FloatArray a, FloatArray b) {
    this(shape, a, b, OptionalLong.empty());
  }

  /** A case of standard normal inputs. */
  public static MatmulCase generated(MatmulShape shape, long seed) {
    RandomInputs random = new RandomInputs(seed);
    FloatArray a = random.normal(shape.m() * shape.k());
    FloatArray b = random.normal(shape.k() * shape.n());
    return new MatmulCase(shape, a, b, OptionalLong.of(seed));
  }
}
