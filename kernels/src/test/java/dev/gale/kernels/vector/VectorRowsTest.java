package dev.gale.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorRowsTest {

  private static final int COLS = VectorTiles.COLS;
  private static final int START = 5;
  private static final double U = 0x1p-24;

  private final Random random = new Random(1);

  /** The build names a bound that {@code -XX:MaxVectorSize} has set; processors with shorter vectors are below it. */
  @Test
  void vectorsAreNotLongerThanTheBuildSays() {
    int most = Integer.getInteger("gale.vector.bits", FloatVector.SPECIES_MAX.vectorBitSize());
    assertThat(FloatVector.SPECIES_PREFERRED.vectorBitSize()).isBetween(64, most);
  }

  @Test
  void max_isFoundWhereverItStands_andNowhereElse() {
    for (int place = 0; place < 3 * COLS; place++) {
      float[] row = floats(START + 4 * COLS);
      row[START - 1] = 100.0f;
      row[START + 3 * COLS] = 100.0f;
      row[START + place] = 50.0f;
      assertThat(VectorRows.max(row, START, 3 * COLS)).isEqualTo(50.0f);
    }
  }

  @Test
  void max_passesOverNaN() {
    for (int place = 0; place < 2 * COLS; place++) {
      float[] row = floats(2 * COLS);
      row[place] = Float.NaN;
      float largest = Float.NEGATIVE_INFINITY;
      for (float x : row) {
        largest = x > largest ? x : largest;
      }
      assertThat(VectorRows.max(row, 0, 2 * COLS)).isEqualTo(largest);
    }
    float[] none = new float[COLS];
    Arrays.fill(none, Float.NaN);
    assertThat(VectorRows.max(none, 0, COLS)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void max_isAnInfinity_ifThatIsLargest() {
    float[] row = new float[COLS];
    Arrays.fill(row, Float.NEGATIVE_INFINITY);
    assertThat(VectorRows.max(row, 0, COLS)).isEqualTo(Float.NEGATIVE_INFINITY);
    row[COLS - 1] = Float.POSITIVE_INFINITY;
    assertThat(VectorRows.max(row, 0, COLS)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void exponentials_andTheirSum_areWithinTheirBounds(int panels) {
    int count = panels * COLS;
    float[] logits = floats(START + count + 1);
    float shift = VectorRows.max(logits, START, count);
    float[] row = logits.clone();
    float sum = VectorRows.exponentials(row, START, count, shift);
    double exactSum = 0;
    for (int j = START; j < START + count; j++) {
      double distance = (double) logits[j] - shift;
      double exact = Math.pow(2, distance);
      // The difference is rounded.
      double shifted = Math.expm1(U * Math.abs(distance) * Math.log(2));
      double bound = (shifted + VectorExp.RELATIVE_ERROR * (1 + shifted)) * exact;
      assertThat(Math.abs(row[j] - exact)).isLessThanOrEqualTo(bound);
      exactSum += row[j];
    }
    assertThat(Math.abs(sum - exactSum)).isLessThanOrEqualTo(gamma(count) * exactSum);
    assertThat(row[START - 1]).isEqualTo(logits[START - 1]);
    assertThat(row[START + count]).isEqualTo(logits[START + count]);
  }

  @Test
  void exponentials_ofMinusInfinityAreZero_ofNaNAreNaN() {
    float[] row = new float[2 * COLS];
    Arrays.fill(row, Float.NEGATIVE_INFINITY);
    row[1] = 3.0f;
    assertThat(VectorRows.exponentials(row, 0, 2 * COLS, 3.0f)).isEqualTo(1.0f);
    assertThat(row[0]).isZero();
    assertThat(row[1]).isEqualTo(1.0f);
    row[2] = Float.NaN;
    assertThat(VectorRows.exponentials(row, 0, 2 * COLS, 3.0f)).isNaN();
    assertThat(row[2]).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 31, 32, 33, 64, 100, 512, 513, 1100})
  void dots_areWithinTheirBounds_inPiecesToo(int length) {
    int rows = 3;
    int pieces = Math.ceilDiv(length, VectorTiles.DEPTH);
    int pieceStride = VectorTiles.STRIDE + 7;
    int target = START + pieces * pieceStride;
    float[] query = floats(length);
    float[] row = floats(target + rows + 1);
    for (int d = 0; d < length; d++) {
      row[START + d / VectorTiles.DEPTH * pieceStride + d % VectorTiles.DEPTH] = query[d];
    }
    float behind = row[target + rows];
    float[] b = floats(1 + rows * length);
    VectorRows.dots(row, START, pieceStride, length, segment(b), Float.BYTES, rows, target);
    for (int j = 0; j < rows; j++) {
      double sum = 0;
      double magnitude = 0;
      for (int d = 0; d < length; d++) {
        double product = (double) query[d] * b[1 + j * length + d];
        sum += product;
        magnitude += Math.abs(product);
      }
      assertThat(Math.abs(row[target + j] - sum)).isLessThanOrEqualTo(gamma(length) * magnitude);
    }
    assertThat(row[target + rows]).isEqualTo(behind);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 40})
  void finite_findsAnyThatIsNot_andLooksNoFurther(int count) {
    float[] elements = floats(count + 2);
    elements[0] = Float.NaN;
    elements[count + 1] = Float.NaN;
    assertThat(VectorRows.finite(segment(elements), Float.BYTES, count)).isTrue();
    for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int place = 1; place <= count; place++) {
        float[] poisoned = elements.clone();
        poisoned[place] = poison;
        assertThat(VectorRows.finite(segment(poisoned), Float.BYTES, count)).isFalse();
      }
    }
  }

  @Test
  void finite_isTrue_ofTheLargestNumbersAndNegativeZero() {
    float[] elements = new float[50];
    Arrays.fill(elements, Float.MAX_VALUE);
    elements[3] = -Float.MAX_VALUE;
    elements[4] = -0.0f;
    assertThat(VectorRows.finite(segment(elements), 0, elements.length)).isTrue();
  }

  @Test
  void scale_multipliesTheRowAlone() {
    float[] row = floats(START + 2 * COLS + 1);
    float[] before = row.clone();
    VectorRows.scale(row, START, 2 * COLS, 0.3f);
    for (int j = 0; j < row.length; j++) {
      boolean inside = j >= START && j < START + 2 * COLS;
      assertThat(row[j]).isEqualTo(inside ? before[j] * 0.3f : before[j]);
    }
  }

  private static double gamma(int k) {
    return k * U / (1 - k * U);
  }

  @Test
  void addMask_addsIt_andHidesWhereItIsMinusInfinity_whateverTheScore() {
    for (int count = 0; count <= 3 * COLS; count++) {
      for (int hidden = -1; hidden < count; hidden++) {
        float[] bias = floats(1 + count);
        float[] row = floats(START + count + 1);
        if (hidden >= 0) {
          bias[1 + hidden] = Float.NEGATIVE_INFINITY;
          row[START + hidden] = Float.NaN;
        }
        float[] before = row.clone();
        boolean hides = VectorRows.addMask(segment(bias), Float.BYTES, row, START, count);
        assertThat(hides).isEqualTo(hidden >= 0);
        for (int at = 0; at < row.length; at++) {
          int j = at - START;
          float expected =
              j < 0 || j >= count
                  ? before[at]
                  : j == hidden ? Float.NEGATIVE_INFINITY : before[at] + bias[1 + j];
          assertThat(row[at]).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void sum_isThatOfOneVector() {
    float[] row = new float[START + COLS];
    for (int j = 0; j < COLS; j++) {
      row[START + j] = 1 + j;
    }
    int lanes = COLS / 2;
    assertThat(VectorRows.sum(row, START)).isEqualTo(lanes * (lanes + 1) / 2.0f);
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
}
