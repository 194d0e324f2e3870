package dev.gale.kernels.softmax;

import dev.gale.kernels.lanes.Lanes;
import dev.gale.kernels.lanes.LanesExp;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/** Softmax by rows of whole vectors of 16: for processors behind a TornadoVM backend. */
public final class SoftmaxWholeVectors {

  /** Columns must be a multiple of it. */
  public static final int LANES = 16;

  private SoftmaxWholeVectors() {}

  /**
   * probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i], rowMax[i] = max over j of logits[i,j], rowSum[i] =
   * sum over j of exp(logits[i,j] - rowMax[i]).
   *
   * <p>Work items: one a block of {@code rowsPerItem} rows, the last perhaps of fewer. While it computes the exponentials of a row it
   * looks for the largest element of the next one, which thereby comes from memory.
   *
   * <p>Numerics: fp32; exponentials are those of {@link LanesExp}, so that a probability below 2^-121 of the largest is
   * 0; sixteen sums of every sixteenth element, then their sum; the quotient as a product with 1 / rowSum. Special values as the
   * package says.
   *
   * <p>Cost: 5 FLOP an element; reads the logits twice, writes the probabilities twice and reads them once, 4 bytes
   * each, as far as the caches do not save it.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.softmax.Softmax}, but for whole vectors, which {@code BlockedSoftmax} looks
   * after.
   *
   * <p>Source: as for {@link SoftmaxThreePass}, in vectors, with the passes over neighbouring rows in one loop.
   *
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written
   * @param rows independent rows
   * @param cols elements that are normalised together, a multiple of {@link #LANES}
   * @param rowsPerItem rows of a work item
   */
  public static void softmax(
      FloatArray logits, FloatArray probabilities, int rows, int cols, int rowsPerItem) {
    for (@Parallel int i = 0; i < (rows + rowsPerItem - 1) / rowsPerItem; i++) {
      // Views, which cost nothing on a device: a load of 16 elements is one, where sixteen stay
      // sixteen.
      VectorFloat16 x = new VectorFloat16(logits);
      VectorFloat16 y = new VectorFloat16(probabilities);
      int vectors = cols / LANES;
      int first = i * rowsPerItem * vectors;
      int end = TornadoMath.min(i * rowsPerItem + rowsPerItem, rows) * vectors;
      // Without a finite shift, -infinity - -infinity would make a row of -infinity NaN.
      Float16 maxima = Lanes.broadcast(-Float.MAX_VALUE);
      for (int j = first; j < first + vectors; j++) {
        maxima = Lanes.larger(maxima, Lanes.computed(x.get(j)));
      }
      for (int row = first; row < end; row += vectors) {
        int next = TornadoMath.min(row + vectors, end - vectors);
        Float16 shift = Lanes.broadcast(Lanes.largest(Lanes.computed(maxima)));
        Float16 sums = Lanes.broadcast(0.0f);
        maxima = Lanes.broadcast(-Float.MAX_VALUE);
        for (int j = 0; j < vectors; j++) {
          maxima = Lanes.larger(maxima, Lanes.computed(x.get(next + j)));
          Float16 exponentials = LanesExp.exp(Float16.sub(x.get(row + j), shift));
          y.set(row + j, exponentials);
          sums = Float16.add(sums, exponentials);
        }
        float rowSum = Lanes.total(sums);
        float inverse = rowSum == 0.0f ? 0.0f : 1.0f / rowSum;
        for (int j = row; j < row + vectors; j++) {
          y.set(j, Float16.mult(y.get(j), Lanes.broadcast(inverse)));
        }
      }
    }
  }
}
