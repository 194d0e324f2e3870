package dev.gale.tasks.device;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class InliningTest {

  @Test
  void isContent_withoutLimit() {
    assertThatCode(() -> Inlining.requireNoLimit("0")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "1000", "zero"})
  void refusesToGoOn_andSaysWithWhichFlag_whenThereIsALimit(String value) {
    assertThatThrownBy(() -> Inlining.requireNoLimit(value))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "jdk.graal.MethodInlineBailoutLimit: "
                + (value == null ? "not set" : value)
                + ", expected 0: ")
        .hasMessageEndingWith("start the JVM with -Djdk.graal.MethodInlineBailoutLimit=0");
  }
}
