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

/** Softmax by rows. Its secondary result {@code gigaBytes} is in GB/s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SoftmaxBenchmark {

  /** As {@code gale bench --shape} takes it. */
  @Param({"4096x4096", "65536x64"})
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
    bench = new Bench("softmax", shape, device, variant, threads);
  }

  /** One call, from inputs that are on the device to outputs that are back. */
  @Benchmark
  public void softmax(Rate rate) {
    bench.call(rate);
  }

  @TearDown
  public void tearDown() {
    bench.close();
  }
}
