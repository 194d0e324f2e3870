package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.testing.OnHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnHost
class VariantNameTest {

  private static final MultiHeadShape SHAPE = MultiHeadShape.self(1, 4, 8, 2);
  private static final MultiHeadOptions OPTIONS = MultiHeadOptions.of(SHAPE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matmul=plain,attention=online",
        "matmul=plain/blocked/blocked/plain,attention=flash"
      })
  void readsWhatACompositionIsCalled(String name, Device device) {
    assertThat(VariantName.parse(name).resolve(device.info(), SHAPE, OPTIONS).id()).isEqualTo(name);
  }

  @Test
  void leavesToTheDeviceWhatIsNotNamed(Device device) {
    ComposedMultiHead auto = ComposedMultiHead.auto(device.info(), SHAPE, OPTIONS);
    ComposedMultiHead tiled =
        VariantName.parse("matmul=tiled").resolve(device.info(), SHAPE, OPTIONS);
    assertThat(tiled.id()).isEqualTo("matmul=tiled,attention=" + auto.attention().id());
    ComposedMultiHead flash =
        VariantName.parse("attention=flash").resolve(device.info(), SHAPE, OPTIONS);
    assertThat(flash.matmuls()).isEqualTo(auto.matmuls());
    assertThat(flash.attention().id()).isEqualTo("flash");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "matmul=plain,",
        "matmul=plain,matmul=plain",
        "attention=online,attention=online",
        "matmul=plain/plain/plain",
        "softmax=online"
      })
  void refusesAnotherForm(String name) {
    assertThatThrownBy(() -> VariantName.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("variant " + name + ": expected matmul=NAME,attention=NAME");
  }

  @Test
  void saysWhichVariantsThereAre_whenOneIsNot() {
    assertThatThrownBy(() -> VariantName.parse("matmul=plain/plain/plain/best"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("variant best: matmul has no such variant; it has plain, ");
  }
}
