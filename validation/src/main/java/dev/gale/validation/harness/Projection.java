package dev.gale.validation.harness;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.MatmulCase;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * C x = A (B x) for a random vector x of +1 and -1: a test of every row of a product at the price of three
 * matrix-vector products (R. Freivalds, "Probabilistic machines can use less running time", IFIP 1977). The bound is
 * the sum of the row's bounds, gamma_k |A| (|B| 1) and what underflow adds: a block that was skipped or computed twice
 * is far outside, an error of a few times an element's own bound may hide in it.
 *
 * @param signs x
 * @param expected [m], A (B x) in double precision
 * @param bounds [m], how far C x may be from it, but for the rounding of C x itself
 */
// As large as a row and a column: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record Projection(byte[] signs, double[] expected, double[] bounds) {

  /** Twice the unit roundoff of double precision, so that gamma's denominator need not be written out. */
  private static final double DOUBLE_ROUNDOFF = 0x1p-52;

  static Projection of(MatmulCase matmul, FloatModel model, long seed) {
    MatmulShape shape = matmul.shape();
    byte[] signs = new byte[shape.n()];
    SplittableRandom random = new SplittableRandom(seed);
    for (int j = 0; j < signs.length; j++) {
      signs[j] = (byte) (random.nextBoolean() ? 1 : -1);
    }
    double[] bx = new double[shape.k()];
    double[] magnitudesB = new double[shape.k()];
    double sumB = 0;
    for (int l = 0; l < shape.k(); l++) {
      for (int j = 0; j < shape.n(); j++) {
        double b = matmul.b().get(l * shape.n() + j);
        bx[l] += b * signs[j];
        magnitudesB[l] += Math.abs(b);
      }
      sumB += magnitudesB[l];
    }
    double gamma = model.gamma(shape.k());
    double ofDoubles = (shape.k() + (double) shape.n()) * DOUBLE_ROUNDOFF;
    double underflow = 2.0 * shape.k() * shape.n() * model.underflow();
    double[] expected = new double[shape.m()];
    double[] bounds = new double[shape.m()];
    for (int i = 0; i < shape.m(); i++) {
      double magnitude = 0;
      double sumA = 0;
      for (int l = 0; l < shape.k(); l++) {
        double a = matmul.a().get(i * shape.k() + l);
        expected[i] += a * bx[l];
        magnitude += Math.abs(a) * magnitudesB[l];
        sumA += Math.abs(a);
      }
      double flushed = model.inputFlush() * (shape.n() * sumA + sumB);
      bounds[i] =
          (gamma + ofDoubles) * (1 + ofDoubles) * magnitude + (1 + gamma) * (flushed + underflow);
    }
    return new Projection(signs, expected, bounds);
  }

  /**
   * Judges every row of C.
   *
   * @param where what ran where, the beginning of a complaint
   */
  Verdict judge(String where, FloatArray c) {
    int cols = signs.length;
    int outside = 0;
    String complaint = null;
    for (int i = 0; i < expected.length; i++) {
      double sum = 0;
      double magnitude = 0;
      for (int j = 0; j < cols; j++) {
        double element = c.get(i * cols + j);
        sum += element * signs[j];
        magnitude += Math.abs(element);
      }
      double bound = bounds[i] + cols * DOUBLE_ROUNDOFF * magnitude;
      double error = Math.abs(sum - expected[i]);
      if (!(error <= bound)) {
        outside++;
        if (complaint == null) {
          complaint =
              where
                  + ": c["
                  + i
                  + "] times random signs = "
                  + sum
                  + ", reference "
                  + expected[i]
                  + ", |error| "
                  + error
                  + " > bound "
                  + bound;
        }
      }
    }
    return new Verdict(0, outside, 0, 0, complaint);
  }
}
