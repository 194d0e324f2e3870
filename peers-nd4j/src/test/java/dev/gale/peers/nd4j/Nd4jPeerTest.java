package dev.gale.peers.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.PeerContestant;
import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.work.Work;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Nd4jPeerTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "matmul,1",
    "matmul,64",
    "matmul,33x17x129",
    "matmul,1x100x50",
    "softmax,1x1",
    "softmax,33x100",
    "softmax,3x5000",
    "attention,2x64x64",
    "attention,3x40x24",
    "attention,2x33x70x16",
    "attention,4x1x100x32"
  })
  void isRight(String operator, String shape) throws Exception {
    Work work = Work.parse(operator, shape);
    try (PeerContestant contestant = contestant(work)) {
      Opened opened = contestant.open();
      assertThat(opened.variant()).isNotBlank();
      assertThat(
              contestant
                  .judge(new Expectations(directory, work, 7, Expectations.DEFAULT_LIMIT), true)
                  .complaint())
          .isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"attention,2x64x64:causal", "attention,4/2x50x16"})
  void takesNoPart_whenItHasNoSuchOperator(String operator, String shape) {
    assertThatThrownBy(contestant(Work.parse(operator, shape))::open)
        .isInstanceOf(AbsentException.class)
        .hasMessageContaining("is not measured on this " + operator);
  }

  private static PeerContestant contestant(Work work) {
    return new PeerContestant(KnownPeer.byId("nd4j"), new Nd4jPeer(), work, 7, 1);
  }
}
