package dev.gale.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftedExpTest {

  private static final int COLS = VectorTiles.COLS;
  private static final int LANES = COLS / 2;
  private static final int COUNT = 3 * COLS;
  private static final int START = 3;
  private static final int TARGET = START + COUNT + 2;
  private static final int SUMS = TARGET + COUNT + 1;
  private static final double U = 0x1p-24;

  private final Random random = new Random(1);

  @Test
  void shift_isTheNextWholeNumber_orWhatCannotBeOne() {
    assertThat(ShiftedExp.shift(2.25f)).isEqualTo(3.0f);
    assertThat(ShiftedExp.shift(-2.25f)).isEqualTo(-2.0f);
    assertThat(ShiftedExp.shift(5.0f)).isEqualTo(5.0f);
    assertThat(ShiftedExp.shift(1.5e9f)).isEqualTo(1.5e9f);
    assertThat(ShiftedExp.shift(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(ShiftedExp.shift(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 3, -7, 1000, -1000, 65_536, -1_048_576, 1_048_576})
  void exponentials_areWithinTheStatedError_atAnyShift(float shift) {
    float[] row = row();
    for (int j = 0; j < COUNT; j++) {
      row[START + j] = shift + 4.5f - 130 * random.nextFloat();
    }
    float[] before = row.clone();
    Arrays.fill(row, SUMS, SUMS + LANES, 1.0f);
    assertThat(ShiftedExp.exponentials(row, START, TARGET, COUNT, shift, SUMS)).isTrue();
    double total = LANES;
    for (int j = 0; j < COUNT; j++) {
      double exact = Math.pow(2, (double) before[START + j] - shift);
      double bound = exact * VectorExp.RELATIVE_ERROR + Float.MIN_NORMAL;
      assertThat(Math.abs(row[TARGET + j] - exact)).isLessThanOrEqualTo(bound);
      total += row[TARGET + j];
    }
    double sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += row[SUMS + lane];
    }
    assertThat(Math.abs(sum - total)).isLessThanOrEqualTo(COUNT * U * total);
    assertThat(row[START - 1]).isEqualTo(before[START - 1]);
    assertThat(row[TARGET - 1]).isEqualTo(before[TARGET - 1]);
    assertThat(row[TARGET + COUNT]).isEqualTo(before[TARGET + COUNT]);
    assertThat(row[SUMS + LANES]).isEqualTo(before[SUMS + LANES]);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1_048_576, -1_048_576})
  void exponentials_areZero_whereHidden_orBelowTheNormalRange(float shift) {
    float[] row = row();
    Arrays.fill(row, START, START + COUNT, ShiftedExp.HIDDEN);
    row[START] = shift - 127;
    row[START + 1] = shift - 126;
    assertThat(ShiftedExp.exponentials(row, START, TARGET, COUNT, shift, SUMS)).isTrue();
    assertThat(row[TARGET]).isZero();
    assertThat(row[TARGET + 1]).isEqualTo(Float.MIN_NORMAL);
    for (int j = 2; j < COUNT; j++) {
      assertThat(row[TARGET + j]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        5,
        100,
        129,
        300,
        1e10f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
      })
  void aScoreThatNeedsAnotherShift_isNoticedWhereverItStands(float score) {
    for (int place = 0; place < COUNT; place++) {
      float[] row = row();
      row[START + place] = score;
      float[] before = row.clone();
      assertThat(ShiftedExp.exponentials(row, START, TARGET, COUNT, 0, SUMS)).isFalse();
      assertThat(Arrays.copyOfRange(row, SUMS, SUMS + LANES))
          .isEqualTo(Arrays.copyOfRange(before, SUMS, SUMS + LANES));
    }
  }

  @Test
  void negativeNaN_isNoticed() {
    float[] row = row();
    row[START + 1] = Float.intBitsToFloat(0xFFC00000);
    assertThat(ShiftedExp.exponentials(row, START, TARGET, COUNT, 0, SUMS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(floats = {1e7f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void noShiftBeyondItsRange_isTaken(float shift) {
    float[] row = row();
    float[] before = row.clone();
    assertThat(ShiftedExp.exponentials(row, START, TARGET, COUNT, shift, SUMS)).isFalse();
    assertThat(row).isEqualTo(before);
  }

  private float[] row() {
    float[] row = new float[SUMS + LANES + 1];
    for (int i = 0; i < row.length; i++) {
      row[i] = -random.nextFloat();
    }
    return row;
  }
}
