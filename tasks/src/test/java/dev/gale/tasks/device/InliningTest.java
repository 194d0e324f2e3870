package dev.gale.tasks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated
class InliningTest {

  private static final String LIMIT = "-Djdk.graal.MethodInlineBailoutLimit=";

  private final String before = System.getProperty(Inlining.WHOLE);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(Inlining.WHOLE);
    } else {
      System.setProperty(Inlining.WHOLE, before);
    }
  }

  @Test
  void allowsAll_whenNothingIsSaid() {
    System.clearProperty(Inlining.WHOLE);
    Inlining.allowAll();
    assertThat(System.getProperty(Inlining.WHOLE)).isEqualTo("True");
  }

  @Test
  void refusesToGoOn_whenHelpersMayNotBeLarge() {
    System.setProperty(Inlining.WHOLE, "false");
    assertThatThrownBy(Inlining::allowAll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("tornado.compiler.fullInlining: false, expected True: ");
  }

  @Test
  void isContent_withALimitThatIsFar() {
    assertThatCode(() -> Inlining.requireNoLimit(List.of("-ea", LIMIT + "1000", LIMIT + "10000")))
        .doesNotThrowAnyException();
  }

  @Test
  void isContent_withTheFlagsOfThisBuild() {
    assertThatCode(Inlining::requireNoLimit).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"-ea, not set", LIMIT + "1000, 1000", LIMIT + ", ''", LIMIT + "0, 0"})
  void refusesToGoOn_andSaysWithWhichFlag_whenThereIsALimit(String argument, String told) {
    assertThatThrownBy(() -> Inlining.requireNoLimit(List.of(argument)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "jdk.graal.MethodInlineBailoutLimit: " + told + ", expected 10000: ")
        .hasMessageEndingWith("start the JVM with -Djdk.graal.MethodInlineBailoutLimit=10000");
  }
}
