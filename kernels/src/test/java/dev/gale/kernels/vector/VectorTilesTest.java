package dev.gale.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorTilesTest {

  private static final int COLS = VectorTiles.COLS;
  private static final int STRIDE = VectorTiles.STRIDE;

  /** Elements before and behind C, and between its rows, that must stay as they are. */
  private static final int MARGIN = 3;

  private static final float UNTOUCHED = 7.25f;
  private static final double U = 0x1p-24;

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({
    "1, 1", "1, 7", "1, 512", "4, 1", "4, 33", "4, 512", "8, 2", "8, 65", "8, 512", "12, 1",
    "12, 100", "12, 512"
  })
  void product_isWithinItsBound_whetherAccumulatedOrNot(int rows, int depth) {
    float[] a = floats(MARGIN + rows * STRIDE);
    MemorySegment b = segment(floats(MARGIN + depth * COLS));
    int cStride = COLS + MARGIN;
    for (boolean accumulate : new boolean[] {false, true}) {
      float[] c = new float[MARGIN + rows * cStride];
      Arrays.fill(c, UNTOUCHED);
      long bStart = MARGIN * Float.BYTES;
      VectorTiles.multiply(rows, depth, a, MARGIN, b, bStart, c, MARGIN, cStride, accumulate);
      for (int at = 0; at < c.length; at++) {
        int row = Math.floorDiv(at - MARGIN, cStride);
        int column = Math.floorMod(at - MARGIN, cStride);
        if (row < 0 || column >= COLS) {
          assertThat(c[at]).isEqualTo(UNTOUCHED);
          continue;
        }
        double sum = accumulate ? UNTOUCHED : 0;
        double magnitude = Math.abs(sum);
        for (int l = 0; l < depth; l++) {
          double x = a[MARGIN + row * STRIDE + l];
          double y = at(b, (MARGIN + (long) l * COLS + column) * Float.BYTES);
          sum += x * y;
          magnitude += Math.abs(x * y);
        }
        double gamma = depth * U / (1 - depth * U);
        assertThat(Math.abs(c[at] - sum))
            .as("row %d column %d", row, column)
            .isLessThanOrEqualTo(gamma * magnitude);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 12})
  void product_isZero_whereWhatWasThereIsNotToCount(int rows) {
    float[] c = new float[rows * COLS];
    Arrays.fill(c, Float.NaN);
    MemorySegment b = segment(new float[COLS]);
    VectorTiles.multiply(rows, 1, floats(rows * STRIDE), 0, b, 0, c, 0, COLS, false);
    assertThat(c).containsOnly(0.0f);
  }

  @Test
  void rows_coverAnyHeight_inTilesThatExist() {
    for (int height = 1; height < 100; height++) {
      int left = height;
      while (left > 0) {
        int rows = VectorTiles.rows(left);
        assertThat(rows).isIn(1, 4, 8, 12).isLessThanOrEqualTo(Math.min(left, VectorTiles.ROWS));
        left -= rows;
      }
      assertThat(left).isZero();
    }
  }

  @Test
  void roomyRows_areATileThatExists_withRoomForWhatIsLeft() {
    for (int left = 1; left < 100; left++) {
      int rows = VectorTiles.roomyRows(left);
      assertThat(rows)
          .isIn(1, 4, 8, 12)
          .isBetween(Math.min(left, VectorTiles.ROWS), VectorTiles.ROWS);
    }
  }

  @Test
  void loadRowsAndStoreRows_copyWhatTheyAreTold() {
    for (int count = 1; count < 3 * COLS; count++) {
      int stride = count + MARGIN;
      float[] source = floats(MARGIN + 3 * stride);
      float[] loaded = new float[1 + 3 * stride];
      VectorTiles.loadRows(
          segment(source), MARGIN * Float.BYTES, stride, loaded, 1, count + 1, 3, count);
      float[] again = new float[2 + 3 * stride];
      Arrays.fill(again, UNTOUCHED);
      MemorySegment stored = segment(again);
      VectorTiles.storeRows(loaded, 1, count + 1, stored, 2L * Float.BYTES, stride, 3, count);
      for (int at = 0; at < again.length; at++) {
        boolean inside = at >= 2 && (at - 2) % stride < count;
        float expected = inside ? source[at - 2 + MARGIN] : UNTOUCHED;
        assertThat(at(stored, (long) at * Float.BYTES))
            .as("%d of %d", at, count)
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 16, 31, 32})
  void packRows_packsEachRow(int count) {
    int columns = Math.min(count, COLS);
    int stride = columns + MARGIN;
    float[] source = floats(MARGIN + 3 * stride);
    MemorySegment target = segment(new float[MARGIN + 3 * COLS + MARGIN]);
    VectorTiles.packRows(
        segment(source), MARGIN * Float.BYTES, stride, target, MARGIN * Float.BYTES, 3, columns);
    for (int at = 0; at < MARGIN + 3 * COLS + MARGIN; at++) {
      int row = Math.floorDiv(at - MARGIN, COLS);
      int column = Math.floorMod(at - MARGIN, COLS);
      float expected =
          row >= 0 && row < 3 && column < columns ? source[MARGIN + row * stride + column] : 0.0f;
      assertThat(at(target, (long) at * Float.BYTES)).as("%d", at).isEqualTo(expected);
    }
  }

  @Test
  void packRow_copiesAndFillsUpWithZeros_andWritesNothingElse() {
    for (int count = 1; count <= COLS; count++) {
      float[] source = floats(MARGIN + count);
      float[] before = new float[COLS + 2 * MARGIN];
      Arrays.fill(before, UNTOUCHED);
      MemorySegment target = segment(before);
      VectorTiles.packRow(
          segment(source), MARGIN * Float.BYTES, target, MARGIN * Float.BYTES, count);
      for (int j = 0; j < before.length; j++) {
        int column = j - MARGIN;
        float expected =
            column < 0 || column >= COLS
                ? UNTOUCHED
                : column < count ? source[MARGIN + column] : 0.0f;
        assertThat(at(target, (long) j * Float.BYTES)).as("%d of %d", j, count).isEqualTo(expected);
      }
    }
  }

  @Test
  void loadAndStore_copyWhatTheyAreTold() {
    float[] source = floats(40);
    float[] loaded = new float[40];
    VectorTiles.load(segment(source), 3L * Float.BYTES, loaded, 5, 20);
    assertThat(Arrays.copyOfRange(loaded, 5, 25)).isEqualTo(Arrays.copyOfRange(source, 3, 23));
    assertThat(loaded[4]).isZero();
    assertThat(loaded[25]).isZero();
    MemorySegment stored = segment(new float[40]);
    VectorTiles.store(source, 7, stored, 2L * Float.BYTES, 9);
    for (int j = 0; j < 40; j++) {
      float expected = j >= 2 && j < 11 ? source[j + 5] : 0.0f;
      assertThat(at(stored, (long) j * Float.BYTES)).isEqualTo(expected);
    }
  }

  @Test
  void alignment_leadsToACacheLine() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lines = arena.allocate(512, VectorTiles.CACHE_LINE_BYTES);
      for (int offset = 0; offset < 2 * VectorTiles.CACHE_LINE_BYTES; offset += Float.BYTES) {
        MemorySegment from = lines.asSlice(offset);
        long skipped = VectorTiles.alignment(from);
        assertThat((from.address() + skipped) % VectorTiles.CACHE_LINE_BYTES).isZero();
        assertThat(skipped).isBetween(0L, VectorTiles.CACHE_LINE_BYTES - 1);
      }
    }
  }

  private float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextGaussian();
    }
    return floats;
  }

  private static MemorySegment segment(float[] elements) {
    MemorySegment segment = Arena.ofAuto().allocate((long) elements.length * Float.BYTES, 64);
    MemorySegment.copy(elements, 0, segment, ValueLayout.JAVA_FLOAT, 0, elements.length);
    return segment;
  }

  private static float at(MemorySegment segment, long offset) {
    return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset);
  }
}
