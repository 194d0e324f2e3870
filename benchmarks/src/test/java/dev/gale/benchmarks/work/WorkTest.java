package dev.gale.benchmarks.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.attention.AttentionShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class WorkTest {

  @ParameterizedTest
  @CsvSource({
    "matmul,512,512x512x512",
    "matmul,512x768x64,512x768x64",
    "softmax,4096x64,4096x64",
    "attention,8x1024x64,8x1024x64",
    "attention,8x1024x1024x64,8x1024x64",
    "attention,32/8x2048x128:causal,32/8x2048x128:causal",
    "attention,32x1x8192x128,32x1x8192x128"
  })
  void readsItsOwnText(String operator, String text, String shape) {
    Work work = Work.parse(operator, text);
    assertThat(work.operator()).isEqualTo(operator);
    assertThat(work.shape()).isEqualTo(shape);
    assertThat(Work.parse(operator, work.shape())).isEqualTo(work);
  }

  @Test
  void readsHeadsLengthsAndDimension() {
    AttentionWork work = AttentionWork.parse("32/8x1x8192x128:causal");
    assertThat(work.dimensions()).isEqualTo(new AttentionShape(1, 32, 8, 1, 8192, 128, 128));
    assertThat(work.causal()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "matmul,512x512",
    "matmul,x512",
    "matmul,0",
    "matmul,-1",
    "matmul,99999999999",
    "softmax,512",
    "softmax,512x512x512",
    "attention,8x1024",
    "attention,8x1024x64:casual",
    "attention,8/3x1024x64",
    "attention,1x2x3x4x5",
    "convolution,3x3"
  })
  void refuses_whenItIsNoShape(String operator, String text) {
    assertThatThrownBy(() -> Work.parse(operator, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void hasWorksThatReadTheirOwnText(Preset preset) {
    assertThat(preset.works())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allSatisfy(work -> assertThat(Work.parse(work.operator(), work.shape())).isEqualTo(work));
  }
}
