package dev.gale.tasks.device;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InliningTest {

  private static final String FLAG = "-Djdk.graal.MethodInlineBailoutLimit=";

  @Test
  void isContent_whenTheLastWordIsRight() {
    assertThatCode(() -> Inlining.requireFarBound(List.of("-ea", FLAG + "1", FLAG + "10000")))
        .doesNotThrowAnyException();
  }

  @Test
  void isContent_withTheFlagsOfThisBuild() {
    assertThatCode(Inlining::requireFarBound).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"-ea, not set", FLAG + "1000, 1000", FLAG + ", ''", FLAG + "0, 0"})
  void refusesToGoOn_andSaysWithWhichFlag_whenTheBoundIsNear(String argument, String told) {
    assertThatThrownBy(() -> Inlining.requireFarBound(List.of(argument)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "jdk.graal.MethodInlineBailoutLimit: " + told + ", expected 10000: ")
        .hasMessageEndingWith("start the JVM with -Djdk.graal.MethodInlineBailoutLimit=10000");
  }
}
