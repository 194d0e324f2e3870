package dev.gale.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.PeerContestant;
import dev.gale.benchmarks.contestant.Sample;
import dev.gale.benchmarks.contestant.WrongPeer;
import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.work.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaceTest {

  private static final Entrant A = Entrant.peer("a");
  private static final Entrant B = Entrant.peer("b");
  private static final long MILLI = 1_000_000;

  private final List<String> log = new ArrayList<>();
  private final Map<Entrant, Runner> runners = new LinkedHashMap<>();

  @TempDir private Path directory;

  @Test
  void takesTurns_forwardsAndBackwards() throws Exception {
    runners.put(A, new FakeRunner("a", log, MILLI));
    runners.put(B, new FakeRunner("b", log, MILLI));
    race(3);
    assertThat(log)
        .containsExactly(
            "a.open",
            "b.open",
            "a.judge",
            "b.judge",
            "a.warm",
            "b.warm",
            "a.measure",
            "b.measure",
            "b.measure",
            "a.measure",
            "a.measure",
            "b.measure",
            "a.judgeAgain",
            "a.close",
            "b.judgeAgain",
            "b.close");
  }

  @Test
  void measuresEachCall() throws Exception {
    runners.put(A, new FakeRunner("a", log, 2 * MILLI));
    Outcome.Measured measured = (Outcome.Measured) race(3).get(A);
    assertThat(measured.nanosPerCall().median()).isEqualTo(2 * MILLI);
    assertThat(measured.nanosPerCall().samples()).isEqualTo(3);
    assertThat(measured.callsPerSample()).isEqualTo(5);
    assertThat(measured.kernelNanosPerCall()).isEqualTo(MILLI);
    assertThat(measured.copyInNanosPerCall()).isNaN();
    assertThat(measured.cores()).isEqualTo(2);
    assertThat(measured.opened().wallNanos()).isEqualTo(20 * MILLI);
  }

  @Test
  void sitsOutRounds_whenItsTimeIsUsedUp() throws Exception {
    runners.put(A, new FakeRunner("a", log, 40_000 * MILLI));
    runners.put(B, new FakeRunner("b", log, MILLI));
    Map<Entrant, Outcome> outcomes = race(9);
    assertThat(((Outcome.Measured) outcomes.get(A)).nanosPerCall().samples()).isEqualTo(1);
    assertThat(((Outcome.Measured) outcomes.get(B)).nanosPerCall().samples()).isEqualTo(9);
  }

  @Test
  void isReportedAsAbsent_whenItDoesNotTakePart() throws Exception {
    runners.put(
        A,
        new FakeRunner("a", log, MILLI) {
          @Override
          public Opened open() throws AbsentException {
            throw new AbsentException("not built in");
          }
        });
    runners.put(B, new FakeRunner("b", log, MILLI));
    Map<Entrant, Outcome> outcomes = race(3);
    assertThat(outcomes.get(A)).isEqualTo(new Outcome.Absent("not built in"));
    assertThat(outcomes.get(B)).isInstanceOf(Outcome.Measured.class);
    assertThat(log).containsOnlyOnce("a.close").doesNotContain("a.judge", "a.measure");
  }

  @Test
  void isReportedAsFailed_whenItDiesInARound() throws Exception {
    runners.put(
        A,
        new FakeRunner("a", log, MILLI) {
          @Override
          public Sample measure(int calls, boolean ready) throws RunnerFailedException {
            throw new RunnerFailedException("died");
          }
        });
    runners.put(B, new FakeRunner("b", log, MILLI));
    Map<Entrant, Outcome> outcomes = race(3);
    assertThat(outcomes.get(A)).isEqualTo(new Outcome.Failed("died"));
    assertThat(outcomes.get(B)).isInstanceOf(Outcome.Measured.class);
  }

  @Test
  void hasNoSpeed_whenItIsWrongInTheEnd() throws Exception {
    runners.put(
        A,
        new FakeRunner("a", log, MILLI) {
          @Override
          public Judgement judge(boolean thorough) throws RunnerFailedException {
            return thorough ? super.judge(true) : new Judgement(WRONG, "all rows");
          }
        });
    assertThat(race(3).get(A))
        .isInstanceOfSatisfying(
            Outcome.Wrong.class,
            wrong -> assertThat(wrong.judgement().verdict()).isEqualTo(FakeRunner.WRONG));
    assertThat(log).containsOnlyOnce("a.close");
  }

  @Test
  void hasNoSpeed_whenALibraryIsWrongInOneElement() throws Exception {
    Work work = Work.parse("matmul", "20x30x40");
    KnownPeer known = KnownPeer.byId("commons-math");
    runners.put(
        A,
        new LocalRunner(
            new PeerContestant(known, new WrongPeer(), work, 7, 1),
            new Expectations(directory, work, 7, Expectations.DEFAULT_LIMIT)));
    assertThat(race(3).get(A))
        .isInstanceOfSatisfying(
            Outcome.Wrong.class,
            wrong ->
                assertThat(wrong.judgement().verdict().complaint())
                    .startsWith("matmul by commons-math: c[0][3] = "));
  }

  private Map<Entrant, Outcome> race(int rounds) throws InterruptedException {
    return new Race(runners, new RaceSettings(rounds, 0.01, 0.01, 30, 0), _ -> {}).run();
  }
}
