package dev.gale.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.benchmarks.contestant.Contestant;
import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.Sample;
import dev.gale.benchmarks.work.Work;
import dev.gale.validation.harness.Verdict;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalRunnerTest {

  private static final Expectations NONE =
      new Expectations(Path.of("none"), Work.parse("matmul", "2"), 1, 1);

  @Test
  void warm_goesOnAsLongAsCallsGetFaster() throws Exception {
    Scripted scripted = new Scripted(100, 80, 60, 59, 40);

    double nanos = new LocalRunner(scripted, NONE).warm(0);

    assertThat(nanos).isEqualTo(59);
    assertThat(scripted.done).isEqualTo(4);
  }

  @Test
  void warm_endsWhereCallsGetFasterForEver() throws Exception {
    Scripted scripted = new Scripted(IntStream.range(0, 30).map(i -> 1 << (30 - i)).toArray());

    new LocalRunner(scripted, NONE).warm(0);

    assertThat(scripted.done).isLessThan(30);
  }

  /** Takes as long as it was told, without taking it. */
  private static final class Scripted implements Contestant {
    private final int[] nanos;
    private int done;

    Scripted(int... nanos) {
      this.nanos = nanos;
    }

    @Override
    public Sample run(int calls) {
      long wall = (long) calls * nanos[done++];
      return new Sample(calls, wall, wall, -1, -1, -1);
    }

    @Override
    public Opened open() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Verdict judge(Expectations expectations, boolean thorough) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String coverage() {
      return "nothing";
    }

    @Override
    public void close() {}
  }
}
