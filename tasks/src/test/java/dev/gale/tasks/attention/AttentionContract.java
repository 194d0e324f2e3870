package dev.gale.tasks.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.device.Device;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every variant does on every device, in cases whose results are exact. */
abstract class AttentionContract {

  static List<AttentionVariant> variants() {
    return AttentionVariants.catalogue().all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesTheValueItself_whenOneKeyIsSeen(AttentionVariant variant, Device device) {
    AttentionFixture attention = new AttentionFixture(new AttentionShape(2, 4, 2, 3, 1, 5, 7));

    attention.run(device, variant);

    for (int row = 0; row < 2 * 4 * 3; row++) {
      int kvHead = row / 3 / 2;
      assertThat(attention.outputRow(row)).isEqualTo(attention.valueRow(kvHead, 0));
      assertThat(attention.buffers.lse().get(row)).isEqualTo(attention.score(row, kvHead));
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
      assertThat(attention.outputRow(row)).isEqualTo(attention.valueRow(0, 66));
      assertThat(attention.buffers.lse().get(row)).isEqualTo(attention.score(row, 66) + bias);
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
    assertThat(attention.outputRow(2)).isEqualTo(attention.valueRow(0, 0));
    assertThat(attention.outputRow(3)).containsOnly(Float.NaN);
    assertThat(lse(attention))
        .containsExactly(
            Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, attention.score(2, 0), Float.NaN);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void alignsBottomRight_whenThereAreMoreKeysThanQueries(AttentionVariant variant, Device device) {
    // Query 0 sees keys 0 to 2, query 1 key 3 as well.
    AttentionFixture attention =
        new AttentionFixture(new AttentionShape(1, 1, 1, 2, 4, 2, 2)).causal();
    attention.buffers.queries().init(0.0f);
    attention.buffers.keys().init(1.0f);
    for (int key = 0; key < 4; key++) {
      attention.buffers.values().set(2 * key, 3 * key);
      attention.buffers.values().set(2 * key + 1, 12.0f);
    }
    attention.poison(3);

    attention.run(device, variant);

    assertThat(attention.outputRow(0)).containsExactly(3.0f, 12.0f);
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

    assertThat(attention.outputRow(0)).containsExactly(Float.NaN, attention.valueRow(0, 1)[1]);
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

  private static float[] lse(AttentionFixture attention) {
    float[] lse = new float[attention.shape.lseElements()];
    for (int row = 0; row < lse.length; row++) {
      lse[row] = attention.buffers.lse().get(row);
    }
    return lse;
  }
}
