package dev.gale.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionChoiceTest {

  private static final AttentionShape SHAPE = AttentionShape.self(1, 8, 1024, 64);

  @Test
  void takesFlash_onAGpu() {
    assertThat(chosen(device(DeviceKind.GPU, 49152))).isEqualTo("flash");
  }

  @Test
  void takesAnother_whenFlashDoesNotFitTheGpu() {
    assertThat(chosen(device(DeviceKind.GPU, 16384))).isEqualTo("online");
  }

  @Test
  void takesBlocked_onAProcessor() {
    assertThat(chosen(device(DeviceKind.CPU, 49152))).isEqualTo("blocked");
  }

  @ParameterizedTest
  @EnumSource(DeviceKind.class)
  void takesOneThatRunsOnTheDevice(DeviceKind kind) {
    DeviceInfo device = device(kind, 49152);
    AttentionOptions options = AttentionOptions.of(SHAPE);

    assertThat(VariantChoice.attention(device, SHAPE, options).obstacle(device, SHAPE, options))
        .isNull();
  }

  private static String chosen(DeviceInfo device) {
    return VariantChoice.attention(device, SHAPE, AttentionOptions.of(SHAPE)).id();
  }

  private static DeviceInfo device(DeviceKind kind, long localMemory) {
    return new DeviceInfo(
        new DeviceId("opencl", 0),
        "a device",
        kind,
        4,
        1L << 33,
        1L << 31,
        localMemory,
        1024,
        16,
        false,
        false);
  }
}
