package dev.gale.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.softmax.SoftmaxShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VariantChoiceTest {

  private static final MatmulShape MATMUL = new MatmulShape(64, 64, 64);
  private static final SoftmaxShape SOFTMAX = new SoftmaxShape(64, 64);
  private static final AttentionShape ATTENTION = AttentionShape.self(1, 2, 64, 32);

  @ParameterizedTest
  @CsvSource({
    "JVM, vector, vector",
    "CPU, blocked, blocked",
    "GPU, tiled, work-group",
    "FPGA, plain, three-pass",
    "ACCELERATOR, plain, three-pass"
  })
  void choosesByTheKindOfTheDevice(DeviceKind kind, String matmul, String softmax) {
    DeviceInfo device = device(kind, 1024, 1 << 15);
    assertThat(VariantChoice.matmul(device, MATMUL).id()).isEqualTo(matmul);
    assertThat(VariantChoice.softmax(device, SOFTMAX).id()).isEqualTo(softmax);
  }

  @ParameterizedTest
  @EnumSource(DeviceKind.class)
  void choosesWhatRunsThere_whenTheDeviceIsTheSmallestOfItsKind(DeviceKind kind) {
    DeviceInfo smallest = device(kind, 1, 0);
    AttentionOptions options = AttentionOptions.of(ATTENTION);
    for (Variant chosen :
        new Variant[] {
          VariantChoice.matmul(smallest, MATMUL),
          VariantChoice.softmax(smallest, SOFTMAX),
          VariantChoice.attention(smallest, ATTENTION, options)
        }) {
      assertThat(chosen.runsOn(smallest)).as(chosen.id()).isTrue();
    }
  }

  @Test
  void reasonSaysThatRowsAreFew_asTheVariantItselfGoesByIt() {
    DeviceInfo device = device(DeviceKind.JVM, 1, 0);
    for (int m : new int[] {1, 8, 9, 12, 13, 48}) {
      MatmulShape shape = new MatmulShape(m, 2048, 2048);
      ShapeClass shapes = ShapeClass.of(shape);
      assertThat(shapes == ShapeClass.MATMUL_FEW_ROWS).as("%s", shape).isEqualTo(shape.fewRows());
      assertThat(VariantChoice.reason(device, shapes, VariantChoice.matmul(device, shape)))
          .isEqualTo("the choice for JVM and " + (shape.fewRows() ? "so few rows" : "this shape"));
    }
  }

  @Test
  void decodes_whereSixteenQueryRowsShareKeys_andNoMore() {
    assertThat(ShapeClass.of(new AttentionShape(1, 8, 2, 4, 512, 64, 64)))
        .isEqualTo(ShapeClass.ATTENTION_DECODE);
    assertThat(ShapeClass.of(new AttentionShape(1, 8, 8, 17, 512, 64, 64)))
        .isEqualTo(ShapeClass.ATTENTION_LONG);
  }

  @ParameterizedTest
  @CsvSource({"16, blocked", "8, blocked-small", "4, blocked-small", "0, blocked-small"})
  void choosesSmallBlocks_whereVectorRegistersAreFewAndShort(int vectorFloats, String blocks) {
    DeviceInfo device = device(DeviceKind.CPU, 1024, 1 << 15, vectorFloats);
    assertThat(VariantChoice.matmul(device, MATMUL).id()).isEqualTo(blocks);
    assertThat(VariantChoice.attention(device, ATTENTION, AttentionOptions.of(ATTENTION)).id())
        .isEqualTo(blocks);
    assertThat(VariantChoice.softmax(device, SOFTMAX).id()).isEqualTo("blocked");
    assertThat(
            VariantChoice.reason(
                device, ShapeClass.of(MATMUL), VariantChoice.matmul(device, MATMUL)))
        .isEqualTo(
            "the choice for CPU and this shape"
                + (vectorFloats % 16 == 0 ? "" : ", vectors of " + vectorFloats + " floats"));
  }

  private static DeviceInfo device(DeviceKind kind, int maxWorkGroupSize, int localMemoryBytes) {
    return device(kind, maxWorkGroupSize, localMemoryBytes, 16);
  }

  private static DeviceInfo device(
      DeviceKind kind, int maxWorkGroupSize, int localMemoryBytes, int vectorFloats) {
    return new DeviceInfo(
        new DeviceId("opencl", 0),
        "a device",
        kind,
        8,
        1L << 30,
        1L << 28,
        localMemoryBytes,
        maxWorkGroupSize,
        vectorFloats,
        false,
        false);
  }
}
