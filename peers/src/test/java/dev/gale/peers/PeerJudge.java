package dev.gale.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.PeerContestant;
import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.work.Work;
import dev.gale.validation.harness.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;

/** Judges a library as a race does. */
public final class PeerJudge {

  private static final long SEED = 7;

  private PeerJudge() {}

  /** Every element is within its bound, in the first call and in a later one. */
  public static void assertRight(Peer peer, String operator, String shape) throws Exception {
    Work work = Work.parse(operator, shape);
    Path directory = Files.createTempDirectory("expected");
    Expectations expectations = new Expectations(directory, work, SEED, Expectations.DEFAULT_LIMIT);
    try (PeerContestant contestant = contestant(peer, work)) {
      Opened opened = contestant.open();
      assertThat(opened.variant()).isNotBlank();
      assertThat(opened.remark()).isNotBlank();
      for (int i = 0; i < 2; i++) {
        Verdict verdict = contestant.judge(expectations, true);
        assertThat(verdict.complaint()).isNull();
        assertThat(contestant.coverage()).isEqualTo("all rows");
        assertThat(verdict.elements()).isPositive();
      }
    } finally {
      for (Path file : Files.list(directory).toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    }
  }

  /** It does not take part. */
  public static void assertAbsent(Peer peer, String operator, String shape, String reason) {
    assertThatThrownBy(contestant(peer, Work.parse(operator, shape))::open)
        .isInstanceOf(AbsentException.class)
        .hasMessageContaining(reason);
  }

  private static PeerContestant contestant(Peer peer, Work work) {
    return new PeerContestant(KnownPeer.byId(peer.id()), peer, work, SEED, 1);
  }
}
