package dev.gale.tasks.matmul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.testing.OnHost;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class MatmulTest {

  private static final MatmulShape SHAPE = new MatmulShape(2, 3, 5);

  @Test
  void multiplies(Device device) {
    FloatArray a = FloatArray.fromElements(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    FloatArray b = FloatArray.fromElements(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2);
    for (MatmulVariant variant : MatmulVariants.catalogue().all()) {
      FloatArray c = new FloatArray(6);
      try (Matmul matmul = new Matmul(device, variant, SHAPE, PlanOptions.DEFAULT, a, b, c)) {
        matmul.run();
        assertThat(matmul.variant()).isEqualTo(variant.id());
        assertThat(matmul.name()).isEqualTo("matmul");
        assertThat(matmul.cost()).isEqualTo(SHAPE.cost());
        assertThat(matmul.device()).isSameAs(device);
      }
      assertThat(c.toHeapArray()).as(variant.id()).containsExactly(15, 16, 17, 35, 36, 37);
    }
  }

  @Test
  void refusesABufferOfAnotherLength(Device device) {
    refuses(device, PlanOptions.DEFAULT, 9, 15, 6, "a: length 9, expected 10 = m 2 x k 5");
    refuses(device, PlanOptions.DEFAULT, 10, 16, 6, "b: length 16, expected 15 = k 5 x n 3");
    refuses(device, PlanOptions.DEFAULT, 10, 15, 7, "c: length 7, expected 6 = m 2 x n 3");
    refuses(
        device,
        PlanOptions.GUARDED,
        10,
        15,
        6,
        "c: length 6, expected 70 = m 2 x n 3 + 64 of guard");
  }

  private static void refuses(
      Device device, PlanOptions options, int a, int b, int c, String message) {
    assertThatThrownBy(
            () ->
                new Matmul(
                    device,
                    new PlainMatmul(),
                    SHAPE,
                    options,
                    new FloatArray(a),
                    new FloatArray(b),
                    new FloatArray(c)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAnOutputThatIsAnInput(Device device) {
    FloatArray square = new FloatArray(4);
    assertThatThrownBy(
            () ->
                new Matmul(
                    device,
                    new PlainMatmul(),
                    new MatmulShape(2, 2, 2),
                    PlanOptions.DEFAULT,
                    square,
                    new FloatArray(4),
                    square))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("c: the same buffer");
  }

  @Test
  void refusesAVariantThatTheDeviceCannotRun(Device device) {
    DeviceInfo small =
        new DeviceInfo(
            new DeviceId("opencl", 3),
            "small",
            DeviceKind.GPU,
            1,
            1,
            1,
            2048,
            128,
            0,
            false,
            false);
    assertThatThrownBy(
            () ->
                new Matmul(
                    new Device(small, device.handle()),
                    new TiledMatmul(),
                    SHAPE,
                    PlanOptions.DEFAULT,
                    new FloatArray(10),
                    new FloatArray(15),
                    new FloatArray(6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variant tiled of matmul: WORK_GROUP kernels like it do not run on opencl:3 (GPU, work-groups up to"
                + " 128, 2048 bytes of local memory)");
  }

  @Test
  void namesTheVariants() {
    assertThat(MatmulVariants.catalogue().all())
        .extracting(MatmulVariant::id)
        .startsWith("plain", "blocked", "blocked-small", "tiled");
    assertThatThrownBy(() -> MatmulVariants.catalogue().byId("strassen"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "variant strassen: matmul has no such variant; it has plain, blocked, blocked-small, tiled");
  }

  @Test
  void refusesToPackMoreThan32BitsCanIndex() {
    // 13 rows are two blocks of 12.
    MatmulShape tall = new MatmulShape(13, 1, 1 << 27);
    FloatArray none = new FloatArray(1);
    assertThatThrownBy(() -> BlockedMatmul.large().append(null, "t", tall, none, none, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("packed a: blocks 2 x k 134217728 x rows 12 is over");
  }
}
