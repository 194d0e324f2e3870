package dev.gale.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.device.DeviceKind;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.softmax.SoftmaxShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class TuningTest {

  private static final MatmulShape MATMUL = new MatmulShape(512, 512, 512);

  @TempDir private Path directory;
  private String name = "";

  @BeforeEach
  void nameTheDirectory(TestInfo test) {
    name = test.getDisplayName();
    System.setProperty(Tuning.PROPERTY, directory.toString());
  }

  @AfterEach
  void forgetTheDirectory() {
    System.clearProperty(Tuning.PROPERTY);
  }

  @Test
  void isChosen_forItsClassOnly() throws IOException {
    DeviceInfo cpu = cpu(name);
    TuningFile.write(directory, cpu, new Tuning(Map.of(ShapeClass.MATMUL_LARGE, "tiled")));
    assertThat(VariantChoice.matmul(cpu, MATMUL).id()).isEqualTo("tiled");
    assertThat(VariantChoice.matmul(cpu, new MatmulShape(4, 512, 512)).id()).isEqualTo("blocked");
    assertThat(
            VariantChoice.reason(cpu, ShapeClass.MATMUL_LARGE, VariantChoice.matmul(cpu, MATMUL)))
        .isEqualTo("gale tune's choice for matmul-large here");
  }

  @Test
  void comesBackAsItWasWritten() throws IOException {
    Tuning tuning =
        new Tuning(
            Map.of(ShapeClass.SOFTMAX_LONG_ROWS, "online", ShapeClass.ATTENTION_DECODE, "blocked"));
    TuningFile.write(directory, cpu(name), tuning);
    assertThat(TuningFile.read(directory, cpu(name))).isEqualTo(tuning);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(TuningFile.path(directory, cpu(name)));
    }
  }

  @Test
  void countsForNoOtherDeviceOfThatName() throws IOException {
    TuningFile.write(
        directory, cpu("another"), new Tuning(Map.of(ShapeClass.MATMUL_LARGE, "tiled")));
    assertThat(VariantChoice.matmul(cpu(name), MATMUL).id()).isEqualTo("blocked");
  }

  @Test
  void isPassedOver_whenTheVariantDoesNotRunThereOrIsNotKnown() throws IOException {
    DeviceInfo cpu = cpu(name);
    TuningFile.write(
        directory,
        cpu,
        new Tuning(
            Map.of(
                ShapeClass.MATMUL_LARGE,
                "vector",
                ShapeClass.SOFTMAX_SHORT_ROWS,
                "fastest-ever",
                ShapeClass.ATTENTION_SHORT,
                "vector")));
    AttentionShape attention = AttentionShape.self(1, 2, 64, 32);
    assertThat(VariantChoice.matmul(cpu, MATMUL).id()).isEqualTo("blocked");
    assertThat(VariantChoice.softmax(cpu, new SoftmaxShape(64, 64)).id()).isEqualTo("blocked");
    assertThat(VariantChoice.attention(cpu, attention, AttentionOptions.of(attention)).id())
        .isEqualTo("blocked");
  }

  @Test
  void saysWhy_whenTheFileCannotBeRead() throws IOException {
    DeviceInfo cpu = cpu(name);
    Files.writeString(TuningFile.path(directory, cpu), "device=\\uZZZZ");
    assertThat(VariantChoice.matmul(cpu, MATMUL).id()).isEqualTo("blocked");
    assertThat(
            VariantChoice.reason(cpu, ShapeClass.MATMUL_LARGE, VariantChoice.matmul(cpu, MATMUL)))
        .startsWith("the choice for CPU and this shape; ")
        .contains("can't be read");
  }

  @Test
  void decidesAgainstTheWidthOfVectors() throws IOException {
    DeviceInfo cpu = cpu(name);
    TuningFile.write(directory, cpu, new Tuning(Map.of(ShapeClass.MATMUL_LARGE, "blocked-small")));
    MatmulVariant chosen = VariantChoice.matmul(cpu, MATMUL);
    assertThat(chosen.id()).isEqualTo("blocked-small");
    assertThat(VariantChoice.reason(cpu, ShapeClass.MATMUL_LARGE, chosen))
        .isEqualTo("gale tune's choice for " + ShapeClass.MATMUL_LARGE.id() + " here");
  }

  /** A device of a name that no other test has: what is known of a device is read once. */
  private static DeviceInfo cpu(String description) {
    return new DeviceInfo(
        new DeviceId("opencl", 0),
        description,
        DeviceKind.CPU,
        8,
        1L << 30,
        1L << 28,
        1 << 20,
        4096,
        16,
        false,
        false);
  }
}
