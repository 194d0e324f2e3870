package dev.gale.benchmarks.contestant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.peer.CommonsMathPeer;
import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnHost
final class ContestantTest {

  private static final KnownPeer COMMONS_MATH = KnownPeer.byId("commons-math");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"matmul,33", "softmax,17x100", "attention,4/2x40x16:causal"})
  void isRight_whenGaleComputes(String operator, String shape, Device device) throws Exception {
    Work work = Work.parse(operator, shape);
    try (GaleContestant gale = new GaleContestant(work, device, null, 7, true, "")) {
      Opened opened = gale.open();
      assertThat(opened.wallNanos()).isPositive();
      assertThat(gale.judge(expectations(work), true).complaint()).isNull();
      assertThat(gale.coverage()).isEqualTo("all rows");
      Sample sample = gale.run(3);
      assertThat(sample.calls()).isEqualTo(3);
      assertThat(sample.kernelNanos()).isPositive().isLessThanOrEqualTo(sample.wallNanos());
      assertThat(gale.judge(expectations(work), false).complaint()).isNull();
    }
  }

  @Test
  void isAbsent_whenTheVariantDoesNotRunThere(Device device) {
    // The scores of composed attention are more than can be indexed.
    Work work = Work.parse("attention", "2x32768x1");
    assertThatThrownBy(() -> new GaleContestant(work, device, "composed", 7, true, ""))
        .isInstanceOfAny(AbsentException.class, IllegalArgumentException.class)
        .hasMessageContaining("scores");
  }

  @Test
  void isRight_whenCommonsMathComputes() throws Exception {
    Work work = Work.parse("matmul", "20x30x40");
    try (PeerContestant peer =
        new PeerContestant(COMMONS_MATH, new CommonsMathPeer(), work, 7, 1)) {
      assertThat(peer.open().remark()).startsWith("1 thread");
      Verdict verdict = peer.judge(expectations(work), true);
      assertThat(verdict.complaint()).isNull();
      assertThat(verdict.elements()).isEqualTo(600);
      assertThat(peer.run(2).wallNanos()).isPositive();
    }
  }

  @Test
  void isWrong_whenOneElementIs() throws Exception {
    Work work = Work.parse("matmul", "20x30x40");
    try (PeerContestant peer = new PeerContestant(COMMONS_MATH, new WrongPeer(), work, 7, 1)) {
      peer.open();
      Verdict verdict = peer.judge(expectations(work), true);
      assertThat(verdict.passed()).isFalse();
      assertThat(verdict.complaint())
          .startsWith("matmul by commons-math: c[0][3] = ")
          .contains("> bound");
    }
  }

  @Test
  void isAbsent_whenTheLibraryHasNoSuchOperator() throws Exception {
    Work work = Work.parse("softmax", "4x4");
    try (PeerContestant peer =
        new PeerContestant(COMMONS_MATH, new CommonsMathPeer(), work, 7, 1)) {
      assertThatThrownBy(peer::open)
          .isInstanceOf(AbsentException.class)
          .hasMessageContaining("softmax");
    }
  }

  @Test
  void measuresTheMachine() throws Exception {
    try (CeilingContestant ceiling = new CeilingContestant(CeilingKind.FMA, 1)) {
      assertThat(ceiling.open().wallNanos()).isPositive();
      assertThat(ceiling.run(2).wallNanos()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"matmul,40x8x8", "softmax,400x8", "attention,2x40x8"})
  void readsWhatTheFirstContestantWrote(String operator, String shape) throws Exception {
    Work work = Work.parse(operator, shape);
    // So little work that rows are left out.
    Expectations expectations = new Expectations(directory, work, 7, 640);
    SampledExpectation written = expectations.of(FloatModel.JAVA);
    SampledExpectation read = expectations.of(FloatModel.JAVA);
    assertThat(directory.toFile().list()).containsExactly("expected-Java.bin");
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    assertThat(read.coverage()).contains(" of ");
  }

  private Expectations expectations(Work work) {
    return new Expectations(directory, work, 7, Expectations.DEFAULT_LIMIT);
  }
}
