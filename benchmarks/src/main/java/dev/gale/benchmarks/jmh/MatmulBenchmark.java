package dev.gale.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** C = A B. Its secondary result {@code gigaFlop} is in GFLOP/s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatmulBenchmark {

  /** As {@code gale bench --shape} takes it. */
  @Param({"512x512x512", "1024x1024x1024", "512x768x768"})
  public String shape = "";

  /** One of the runtime that this JVM was started with. */
  @Param("host:0")
  public String device = "";

  /** A variant's name, or the one that suits the device and the shape. */
  @Param("auto")
  public String variant = "";

  /** Threads of the JVM device; 0 for one a core. */
  @Param("0")
  public int threads;

  @SuppressWarnings("NullAway.Init") // JMH calls setUp before all else.
  private Bench bench;

  /** Builds, runs once, validates. */
  @Setup
  public void setUp() throws Exception {
    bench = new Bench("matmul", shape, device, variant, threads);
  }

  /** One call, from inputs that are on the device to outputs that are back. */
  @Benchmark
  public void matmul(Rate rate) {
    bench.call(rate);
  }

  @TearDown
  public void tearDown() {
    bench.close();
  }
}
