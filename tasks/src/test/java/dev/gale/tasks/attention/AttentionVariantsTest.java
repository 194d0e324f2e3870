package dev.gale.tasks.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionVariantsTest {

  private static final AttentionShape SMALL = AttentionShape.self(1, 1, 8, 8);

  @Test
  void composed_isRefused_whenItsScoresCanNotBeIndexed() {
    AttentionShape shape = AttentionShape.self(1, 16, 16384, 64);

    assertThatThrownBy(
            () -> check(new ComposedAttention(), device(DeviceKind.GPU, 1L << 40), shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant composed of attention: stores batchSize 1 x numHeads 16 x seqLenQ 16384 x"
                + " seqLenK 16384 scores, over 2147482623, the most that kernels index");
  }

  @Test
  void composed_isRefused_whenItsScoresDoNotFitTheDevice() {
    AttentionShape shape = AttentionShape.self(1, 8, 1024, 64);

    assertThatThrownBy(
            () -> check(new ComposedAttention(), device(DeviceKind.CPU, 33554431), shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant composed of attention: stores batchSize 1 x numHeads 8 x seqLenQ 1024 x"
                + " seqLenK 1024 scores, 33554432 bytes, over the 33554431 that opencl:1 allocates at"
                + " once");
    assertThatCode(() -> check(new ComposedAttention(), device(DeviceKind.CPU, 33554432), shape))
        .doesNotThrowAnyException();
  }

  @Test
  void blocked_isRefused_whenWhatItWorksInForOneQueryCanNotBeIndexed() {
    AttentionShape shape = new AttentionShape(1, 4_000_000, 4_000_000, 1, 1, 16, 16);

    assertThatThrownBy(
            () -> check(BlockedAttention.large(), device(DeviceKind.CPU, 1L << 40), shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant blocked of attention: works in a buffer of 2432000000 elements, over 2147482623, the"
                + " most that kernels index");
  }

  @Test
  void blocked_isRefused_whenAMaskHasMoreHeadsThanItsParameterHolds() {
    AttentionShape shape = new AttentionShape(1, 67_108_864, 67_108_864, 1, 1, 1, 1);
    AttentionOptions options = AttentionOptions.of(shape).withMaskHeads(67_108_864);

    assertThat(BlockedAttention.small().obstacle(device(DeviceKind.CPU, 1L << 40), shape, options))
        .isEqualTo("takes a mask of up to 67108863 heads");
  }

  @Test
  void blocked_worksInLess_whenGroupsOfBlocksWouldNotFitACache() {
    AttentionShape shape = new AttentionShape(1, 128, 128, 4096, 20, 2048, 2048);

    assertThat(
            BlockedAttention.small()
                .obstacle(device(DeviceKind.CPU, 1L << 40), shape, AttentionOptions.of(shape)))
        .isNull();
  }

  @Test
  void blocked_isRefused_whenWhatItWorksInCanNotBeIndexed() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 1, 1, 2_000_000_001, 1_000_000_001);

    assertThatThrownBy(
            () -> check(BlockedAttention.large(), device(DeviceKind.CPU, 1L << 40), shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant blocked of attention: works in a buffer of 48000002128 elements, over 2147482623, the"
                + " most that kernels index");
  }

  @Test
  void flash_isRefused_whenTheDeviceHasNoWorkGroups() {
    assertThatThrownBy(() -> check(new FlashAttention(), device(DeviceKind.FPGA, 1 << 30), SMALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variant flash of attention: WORK_GROUP kernels do not run on opencl:1 (FPGA)");
  }

  @Test
  void flash_isRefused_whenItsTilesDoNotFitTheLocalMemory() {
    assertThatThrownBy(() -> check(new FlashAttention(), device(128, 16384), SMALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant flash of attention: needs 24960 bytes of local memory, opencl:1 has 16384");
    assertThat(new FlashAttention().obstacle(device(128, 24960), SMALL, AttentionOptions.of(SMALL)))
        .isNull();
  }

  @Test
  void flash_isRefused_whenItsWorkGroupsAreTooLarge() {
    assertThatThrownBy(() -> check(new FlashAttention(), device(64, 65536), SMALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variant flash of attention: needs 128 work items in a group, opencl:1 has 64");
  }

  @Test
  void areNamedInTheErrorAboutAnUnknownOne() {
    List<String> ids =
        AttentionVariants.catalogue().all().stream().map(AttentionVariant::id).toList();

    assertThatThrownBy(() -> AttentionVariants.catalogue().byId("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant fast: attention has no such variant; it has " + String.join(", ", ids));
  }

  private static void check(AttentionVariant variant, DeviceInfo device, AttentionShape shape) {
    variant.check(device, shape, AttentionOptions.of(shape));
  }

  private static DeviceInfo device(DeviceKind kind, long maxAllocation) {
    return device(kind, maxAllocation, 1024, 65536);
  }

  private static DeviceInfo device(long maxWorkGroupSize, long localMemory) {
    return device(DeviceKind.GPU, 1 << 30, maxWorkGroupSize, localMemory);
  }

  static DeviceInfo device(
      DeviceKind kind, long maxAllocation, long maxWorkGroupSize, long localMemory) {
    return new DeviceInfo(
        new DeviceId("opencl", 1),
        "a device",
        kind,
        4,
        4 * maxAllocation,
        maxAllocation,
        localMemory,
        maxWorkGroupSize,
        16,
        false,
        false);
  }
}
