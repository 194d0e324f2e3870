package dev.gale.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Vector loops over one row of scores in working memory; every count is a multiple of {@link VectorTiles#COLS}. */
public final class VectorRows {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();

  private VectorRows() {}

  /** The largest element that is not NaN; -infinity if there is none. */
  public static float max(float[] row, int start, int count) {
    FloatVector left = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector right = left;
    for (int j = 0; j < count; j += 2 * LENGTH) {
      int at = start + j;
      FloatVector first = FloatVector.fromArray(SPECIES, row, at);
      FloatVector second = FloatVector.fromArray(SPECIES, row, at + LENGTH);
      left = left.blend(first, first.compare(VectorOperators.GT, left));
      right = right.blend(second, second.compare(VectorOperators.GT, right));
    }
    return left.max(right).reduceLanes(VectorOperators.MAX);
  }

  /** Replaces each element x by 2^((x - shift) factor), which must be at most 1, and returns their sum. */
  public static float exponentials(float[] row, int start, int count, float shift, float factor) {
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector left = FloatVector.zero(SPECIES);
    FloatVector right = left;
    for (int j = 0; j < count; j += 2 * LENGTH) {
      int at = start + j;
      FloatVector first =
          VectorExp.exp2(FloatVector.fromArray(SPECIES, row, at).sub(shifts).mul(factors));
      FloatVector second =
          VectorExp.exp2(FloatVector.fromArray(SPECIES, row, at + LENGTH).sub(shifts).mul(factors));
      first.intoArray(row, at);
      second.intoArray(row, at + LENGTH);
      left = left.add(first);
      right = right.add(second);
    }
    return left.add(right).reduceLanes(VectorOperators.ADD);
  }

  /** Replaces each element x by 2^(x - shift), which must be at most 1, and returns their sum. */
  public static float exponentials(float[] row, int start, int count, float shift) {
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector left = FloatVector.zero(SPECIES);
    FloatVector right = left;
    for (int j = 0; j < count; j += 2 * LENGTH) {
      int at = start + j;
      FloatVector first = VectorExp.exp2(FloatVector.fromArray(SPECIES, row, at).sub(shifts));
      FloatVector second =
          VectorExp.exp2(FloatVector.fromArray(SPECIES, row, at + LENGTH).sub(shifts));
      first.intoArray(row, at);
      second.intoArray(row, at + LENGTH);
      left = left.add(first);
      right = right.add(second);
    }
    return left.add(right).reduceLanes(VectorOperators.ADD);
  }

  /** Multiplies each element by a factor. */
  public static void scale(float[] row, int start, int count, float factor) {
    for (int j = 0; j < count; j += LENGTH) {
      int at = start + j;
      FloatVector.fromArray(SPECIES, row, at).mul(factor).intoArray(row, at);
    }
  }
}
