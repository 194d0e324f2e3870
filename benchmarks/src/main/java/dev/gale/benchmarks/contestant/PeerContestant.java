package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.benchmarks.peer.PeerModel;
import dev.gale.benchmarks.work.AttentionWork;
import dev.gale.benchmarks.work.MatmulWork;
import dev.gale.benchmarks.work.SoftmaxWork;
import dev.gale.benchmarks.work.Work;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.Verdict;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Another library. */
public final class PeerContestant implements Contestant {

  private final KnownPeer known;
  private final Peer peer;
  private final Work work;
  private final long seed;
  private final int threads;
  private @Nullable PeerCall call;
  private String coverage = "nothing";

  /**
   * @param peer what the class path offers under that name
   * @param seed of the input
   */
  public PeerContestant(KnownPeer known, Peer peer, Work work, long seed, int threads) {
    this.known = known;
    this.peer = peer;
    this.work = work;
    this.seed = seed;
    this.threads = threads;
  }

  @Override
  public Opened open() throws Exception {
    Peer.Loaded loaded = load();
    PeerCall prepared;
    long wall;
    // The input is generated before the clock runs.
    switch (work) {
      case MatmulWork matmul -> {
        MatmulCase input = MatmulCase.generated(matmul.dimensions(), seed);
        long start = System.nanoTime();
        prepared = peer.matmul(input);
        wall = first(prepared, start);
      }
      case SoftmaxWork softmax -> {
        SoftmaxCase input = SoftmaxCase.generated(softmax.dimensions(), seed);
        long start = System.nanoTime();
        prepared = peer.softmax(input);
        wall = first(prepared, start);
      }
      case AttentionWork attention -> {
        AttentionCase input =
            AttentionCase.generated(attention.dimensions(), attention.options(), seed);
        long start = System.nanoTime();
        prepared = peer.attention(input);
        wall = first(prepared, start);
      }
    }
    if (prepared == null) {
      throw new AbsentException(known.library() + " is not measured on this " + work.operator());
    }
    call = prepared;
    return new Opened(loaded.version(), loaded.threads(), wall, -1, -1, work.cost());
  }

  private Peer.Loaded load() throws Exception {
    try {
      return peer.load(threads);
    } catch (LinkageError missing) {
      throw new AbsentException(known.library() + " can't be loaded: " + missing);
    }
  }

  private static long first(@Nullable PeerCall prepared, long start) throws Exception {
    if (prepared != null) {
      prepared.run();
    }
    return System.nanoTime() - start;
  }

  @Override
  public Sample run(int calls) throws Exception {
    PeerCall running = call();
    long cpu = CpuClock.nanos();
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      running.run();
    }
    long wall = System.nanoTime() - start;
    return new Sample(calls, wall, CpuClock.nanos() - cpu, -1, -1, -1);
  }

  @Override
  public Verdict judge(Expectations expectations, boolean thorough) throws Exception {
    SampledExpectation expectation = expectations.of(PeerModel.MODEL);
    coverage = expectation.coverage();
    FloatArray output = new FloatArray(Math.toIntExact(elements()));
    output.init(Float.NaN);
    call().run();
    call().read(output);
    return expectation.judge(work.operator() + " by " + known.id(), output);
  }

  private long elements() {
    return switch (work) {
      case AttentionWork attention -> attention.dimensions().outputElements();
      case MatmulWork _, SoftmaxWork _ -> work.outputBytes() / Float.BYTES;
    };
  }

  @Override
  public String coverage() {
    return coverage;
  }

  private PeerCall call() {
    if (call == null) {
      throw new IllegalStateException("not opened");
    }
    return call;
  }

  @Override
  public void close() {
    if (call != null) {
      call.close();
    }
  }
}
