package dev.gale.tasks.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.device.Device;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every variant does on every device, in cases whose results are plain to see. */
abstract class AttentionContract {

  private static final double UNIT_ROUNDOFF = 0x1p-24;

  static List<AttentionVariant> variants(Device device) {
    return AttentionVariants.catalogue().runningOn(device.info());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesTheValueItself_whenOneKeyIsSeen(AttentionVariant variant, Device device) {
    AttentionFixture attention = new AttentionFixture(new AttentionShape(2, 4, 2, 3, 1, 5, 7));

    attention.run(device, variant);

    for (int row = 0; row < 2 * 4 * 3; row++) {
      int kvHead = row / 3 / 2;
      assertIsTheValue(attention.outputRow(row), attention.valueRow(kvHead, 0));
      assertIsTheScore(attention.buffers.lse().get(row), attention.score(row, kvHead));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void looksAtNoHiddenKey_whenTheMaskLeavesOne(AttentionVariant variant, Device device) {
    AttentionFixture attention =
        new AttentionFixture(new AttentionShape(1, 2, 1, 2, 70, 33, 17)).withMask();
    attention.buffers.mask().init(Float.NEGATIVE_INFINITY);
    for (int key = 0; key < 70; key++) {
      if (key != 66) {
        attention.poison(key);
      }
    }
    attention.buffers.mask().set(66, 2.0f);
    attention.buffers.mask().set(70 + 66, -3.0f);

    attention.run(device, variant);

    for (int row = 0; row < 4; row++) {
      float bias = row % 2 == 0 ? 2.0f : -3.0f;
      assertIsTheValue(attention.outputRow(row), attention.valueRow(0, 66));
      assertIsTheScore(attention.buffers.lse().get(row), attention.score(row, 66) + bias);
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void alignsBottomRight_whenThereAreMoreQueriesThanKeys(AttentionVariant variant, Device device) {
    // Query i sees the keys up to i - 2: none, none, the first, the first two.
    AttentionFixture attention =
        new AttentionFixture(new AttentionShape(1, 1, 1, 4, 2, 3, 4)).causal();
    attention.poison(1);

    attention.run(device, variant);

    assertThat(attention.outputRow(0)).containsOnly(0.0f);
    assertThat(attention.outputRow(1)).containsOnly(0.0f);
    assertIsTheValue(attention.outputRow(2), attention.valueRow(0, 0));
    assertThat(attention.outputRow(3)).containsOnly(Float.NaN);
    float[] lse = lse(attention);
    assertThat(lse[0]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(lse[1]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertIsTheScore(lse[2], attention.score(2, 0));
    assertThat(lse[3]).isNaN();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void alignsBottomRight_whenThereAreMoreKeysThanQueries(AttentionVariant variant, Device device) {
    // Query 0 sees keys 0 to 2, query 1 key 3 as well.
    AttentionFixture attention =
        new AttentionFixture(new AttentionShape(1, 1, 1, 2, 4, 2, 2)).causal();
    attention.poison(3);

    attention.run(device, variant);

    assertThat(attention.outputRow(0)).doesNotContain(Float.NaN);
    assertThat(attention.outputRow(1)).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesZeroAndMinusInfinity_whenNoKeyIsSeen(AttentionVariant variant, Device device) {
    AttentionFixture attention =
        new AttentionFixture(new AttentionShape(1, 1, 1, 33, 65, 8, 9)).withMask();
    attention.buffers.mask().init(Float.NEGATIVE_INFINITY);
    for (int key = 0; key < 65; key++) {
      attention.poison(key);
    }

    attention.run(device, variant);

    for (int row = 0; row < 33; row++) {
      assertThat(attention.outputRow(row)).containsOnly(0.0f);
    }
    assertThat(lse(attention)).containsOnly(Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void propagatesNaN_whenTheWeightOfItsKeyVanishes(AttentionVariant variant, Device device) {
    AttentionFixture attention = new AttentionFixture(new AttentionShape(1, 1, 1, 1, 2, 1, 2));
    attention.buffers.queries().set(0, 1.0f);
    attention.buffers.keys().set(0, -1e6f);
    attention.buffers.keys().set(1, 1.0f);
    attention.buffers.values().set(0, Float.NaN);

    attention.run(device, variant);

    float[] output = attention.outputRow(0);
    assertThat(output[0]).isNaN();
    // The other key's weight is the whole sum.
    assertIsTheValue(new float[] {output[1]}, new float[] {attention.valueRow(0, 1)[1]});
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesZero_whenAllScoresAreMinusInfinity(AttentionVariant variant, Device device) {
    AttentionFixture attention = new AttentionFixture(new AttentionShape(1, 1, 1, 1, 3, 1, 2));
    attention.buffers.queries().set(0, 1.0f);
    attention.buffers.keys().init(Float.NEGATIVE_INFINITY);

    attention.run(device, variant);

    assertThat(attention.outputRow(0)).containsOnly(0.0f);
    assertThat(lse(attention)).containsOnly(Float.NEGATIVE_INFINITY);
  }

  /** One weight w: w times the value, divided by w or multiplied with its reciprocal, are three roundings at most. */
  private static void assertIsTheValue(float[] output, float[] value) {
    for (int c = 0; c < value.length; c++) {
      double bound = 3 * UNIT_ROUNDOFF / (1 - 3 * UNIT_ROUNDOFF) * Math.abs(value[c]);
      assertThat((double) output[c]).isBetween(value[c] - bound, value[c] + bound);
    }
  }

  /**
   * The score of the only key, which is exact, and the logarithm of its weight exp(0), which is 1 but for exp's error;
   * OpenCL C allows exp and log 3 ulp, of 1 and of next to nothing, and their sum is rounded.
   */
  private static void assertIsTheScore(float lse, float score) {
    double bound = UNIT_ROUNDOFF * (2 * 3 + 1 + Math.abs(score));
    assertThat((double) lse).isBetween(score - bound, score + bound);
  }

  private static float[] lse(AttentionFixture attention) {
    float[] lse = new float[attention.shape.lseElements()];
    for (int row = 0; row < lse.length; row++) {
      lse[row] = attention.buffers.lse().get(row);
    }
    return lse;
  }
}
