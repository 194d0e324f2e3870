package dev.gale.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorTransposeTest {

  private static final int COLS = VectorTiles.COLS;

  /** Elements before and behind what is read and written. */
  private static final int MARGIN = 3;

  private static final float UNTOUCHED = 7.25f;

  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16, 42, 64, 128, 150, 256, 300})
  void packColumns_transposes_andFillsUpWithZeros(int count) {
    for (int rows = 1; rows <= COLS; rows++) {
      float[] source = new float[MARGIN + rows * count];
      for (int i = 0; i < source.length; i++) {
        source[i] = (float) random.nextGaussian();
      }
      float[] target = new float[MARGIN + count * COLS + MARGIN];
      Arrays.fill(target, UNTOUCHED);
      float[] work = new float[MARGIN + VectorTranspose.WORK];
      Arrays.fill(work, UNTOUCHED);
      VectorTranspose.packColumns(
          MemorySegment.ofArray(source),
          (long) MARGIN * Float.BYTES,
          rows,
          count,
          work,
          MARGIN,
          MemorySegment.ofArray(target),
          (long) MARGIN * Float.BYTES);

      float[] expected = new float[target.length];
      Arrays.fill(expected, 0, MARGIN, UNTOUCHED);
      Arrays.fill(expected, target.length - MARGIN, target.length, UNTOUCHED);
      for (int r = 0; r < rows; r++) {
        for (int d = 0; d < count; d++) {
          expected[MARGIN + d * COLS + r] = source[MARGIN + r * count + d];
        }
      }
      assertThat(target).as("%d rows", rows).containsExactly(expected);
      assertThat(Arrays.copyOf(work, MARGIN)).containsOnly(UNTOUCHED);
    }
  }
}
