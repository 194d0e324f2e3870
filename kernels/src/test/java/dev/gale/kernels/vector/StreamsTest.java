package dev.gale.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements are small whole numbers, so that products and sums are exact in any order. */
class StreamsTest {

  private static final int LENGTH = FloatVector.SPECIES_PREFERRED.length();
  private static final int STRIDE = VectorTiles.STRIDE;
  private static final int ROWS = 6;
  private static final float UNTOUCHED = -77.0f;

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "2, 3", "3, 4", "4, 1", "4, 2", "5, 7", "6, 8", "6, 11"})
  void dotsAreThoseOfEachRow_whateverTheirNumber(int rows, int count) {
    dotsAreThoseOfEachRow(rows, count, 2 * LENGTH);
  }

  @ParameterizedTest
  @CsvSource({"1, 9, 1", "4, 7, 1", "6, 8, 3", "6, 11, -1"})
  void dotsAreThoseOfEachRow_ofNoWholeVectors(int rows, int count, int more) {
    dotsAreThoseOfEachRow(rows, count, 2 * LENGTH + more);
  }

  private static void dotsAreThoseOfEachRow(int rows, int count, int length) {
    float[] a = floats();
    float[] before = a.clone();
    for (int i = 0; i < rows; i++) {
      StreamedKeys.order(a, i * STRIDE, length);
    }
    MemorySegment b = segment(count * length);
    int target = ROWS * STRIDE;
    Arrays.fill(a, target, a.length, UNTOUCHED);

    StreamedKeys.dots(rows, a, 0, length, b, Float.BYTES, count, target);

    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j <= count; j++) {
        float expected = UNTOUCHED;
        if (i < rows && j < count) {
          expected = 0;
          for (int d = 0; d < length; d++) {
            expected += before[i * STRIDE + d] * element(b, j * length + d);
          }
        }
        assertThat(a[target + i * STRIDE + j]).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "2, 3", "3, 4", "4, 1", "4, 2", "5, 7", "6, 8", "6, 11"})
  void sumsAreThoseOfAllRows_andAreAdded(int rows, int count) {
    sumsAreThoseOfAllRows(rows, count, 3 * LENGTH);
  }

  @Test
  void dotsAreInfinite_whereAnInfinityIsReadTwice() {
    int length = LENGTH + 1;
    float[] a = new float[2 * STRIDE];
    Arrays.fill(a, 0, length, 1.0f);
    MemorySegment b = segment(2 * length);
    b.setAtIndex(ValueLayout.JAVA_FLOAT, 1L + length - 2, Float.NEGATIVE_INFINITY);
    StreamedKeys.order(a, 0, length);

    StreamedKeys.dots(1, a, 0, length, b, Float.BYTES, 2, STRIDE);

    assertThat(a[STRIDE]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(a[STRIDE + 1]).isFinite();
  }

  @ParameterizedTest
  @CsvSource({"1, 9, 1", "4, 7, 1", "6, 8, 3", "6, 11, -1"})
  void sumsAreThoseOfAllRows_ofNoWholeVectors(int rows, int count, int more) {
    sumsAreThoseOfAllRows(rows, count, 3 * LENGTH + more);
  }

  private static void sumsAreThoseOfAllRows(int rows, int count, int length) {
    float[] a = floats();
    for (int i = 0; i < rows; i++) {
      Arrays.fill(a, (ROWS + i) * STRIDE, (ROWS + i) * STRIDE + 4 * LENGTH, 3.0f);
    }
    MemorySegment b = segment(count * length);
    int target = ROWS * STRIDE;
    float[] before = a.clone();

    StreamedValues.sums(rows, a, 0, count, b, Float.BYTES, length, target, STRIDE);
    for (int i = 0; i < rows; i++) {
      StreamedValues.order(a, target + i * STRIDE, length);
    }

    for (int i = 0; i < ROWS; i++) {
      for (int d = 0; d < length; d++) {
        float expected = before[target + i * STRIDE + d];
        for (int j = 0; j < count && i < rows && d < length; j++) {
          expected += a[i * STRIDE + j] * element(b, j * length + d);
        }
        assertThat(a[target + i * STRIDE + d]).isEqualTo(expected);
      }
      int behind = target + i * STRIDE + Math.ceilDiv(length, LENGTH) * LENGTH;
      assertThat(a[behind]).isEqualTo(before[behind]);
    }
  }

  private static float[] floats() {
    float[] a = new float[2 * ROWS * STRIDE];
    for (int i = 0; i < a.length; i++) {
      a[i] = i % 13 - 6;
    }
    return a;
  }

  /** From the second element on, so that vectors are not aligned. */
  private static MemorySegment segment(int count) {
    MemorySegment b = Arena.ofAuto().allocate((count + 1L) * Float.BYTES, Float.BYTES);
    for (int i = 0; i < count; i++) {
      b.setAtIndex(ValueLayout.JAVA_FLOAT, i + 1L, i % 11 - 5);
    }
    return b;
  }

  private static float element(MemorySegment b, int index) {
    return b.getAtIndex(ValueLayout.JAVA_FLOAT, index + 1L);
  }
}
