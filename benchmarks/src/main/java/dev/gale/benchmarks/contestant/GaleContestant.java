package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.work.AttentionWork;
import dev.gale.benchmarks.work.MatmulWork;
import dev.gale.benchmarks.work.SoftmaxWork;
import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.choice.ShapeClass;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.Verdict;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A variant of Gale on a device. */
public final class GaleContestant implements Contestant {

  private final Device device;
  private final Subject subject;
  private final PlanOptions options;
  private final String remark;
  private @Nullable Operator operator;
  private String coverage = "nothing";

  /**
   * @param variant the variant's name; null for the one that suits the device and the shape
   * @param seed of the input
   * @param copies whether every call copies inputs to the device and outputs back, or the first one the inputs only
   * @param threads how the number of threads was fixed, in words
   * @throws AbsentException if that variant does not run there
   * @throws IllegalArgumentException if the operator has no such variant
   */
  public GaleContestant(
      Work work, Device device, @Nullable String variant, long seed, boolean copies, String threads)
      throws AbsentException {
    this.device = device;
    this.subject = Subject.of(work, device, variant, seed);
    PlanOptions buffers =
        copies
            ? PlanOptions.DEFAULT
            : PlanOptions.DEFAULT.withResidentInputs().withResidentOutputs();
    // The JVM device's own profile costs nothing; TornadoVM waits for every kernel and transfer by
    // itself to take one.
    this.options = device.id().backend().equals("host") ? buffers : buffers.withoutProfiler();
    this.remark =
        (variant == null
                ? VariantChoice.reason(device.info(), shapes(work), subject.variant())
                : "asked for")
            + "; "
            + (copies ? "copied to and fro at every call" : "resident inputs and outputs")
            + (threads.isEmpty() ? "" : "; " + threads);
  }

  private static ShapeClass shapes(Work work) {
    return switch (work) {
      case MatmulWork matmul -> ShapeClass.of(matmul.dimensions());
      case SoftmaxWork softmax -> ShapeClass.of(softmax.dimensions());
      case AttentionWork attention -> ShapeClass.of(attention.dimensions());
    };
  }

  @Override
  public Opened open() {
    long start = System.nanoTime();
    Operator built = subject.build(options);
    operator = built;
    RunReport first = built.run();
    long wall = System.nanoTime() - start;
    return new Opened(
        subject.variant().id(),
        remark,
        wall,
        first.compileNanos(),
        first.copyInNanos(),
        built.cost());
  }

  /** Runs once, and leaves the outputs where they are. */
  public void call() {
    operator().run();
  }

  @Override
  public Sample run(int calls) {
    Operator running = operator();
    long kernel = 0;
    long copyIn = 0;
    long copyOut = 0;
    long cpu = CpuClock.nanos();
    long start = System.nanoTime();
    for (int call = 0; call < calls; call++) {
      RunReport report = running.run();
      kernel += report.kernelNanos();
      copyIn += report.copyInNanos();
      copyOut += report.copyOutNanos();
    }
    long wall = System.nanoTime() - start;
    cpu = CpuClock.nanos() - cpu;
    if (options.residentOutputs()) {
      long end = System.nanoTime();
      running.fetch();
      copyOut = calls * (System.nanoTime() - end);
    }
    if (!options.profiled()) {
      RunReport report = running.runProfiled();
      kernel = calls * report.kernelNanos();
      copyIn = calls * report.copyInNanos();
      copyOut = options.residentOutputs() ? copyOut : calls * report.copyOutNanos();
    }
    return new Sample(calls, wall, cpu, kernel, copyIn, copyOut);
  }

  /**
   * The plan that is timed computes into outputs of NaN, and must show time in its kernels: where outputs stay on a device with memory
   * of its own, NaN does not get there. A thorough look adds a guarded plan, where it does.
   */
  @Override
  public Verdict judge(Expectations expectations, boolean thorough) throws Exception {
    FloatModel model = FloatModel.of(device.info(), subject.variant());
    SampledExpectation expectation = expectations.of(model);
    coverage = expectation.coverage();
    if (thorough) {
      Verdict guarded = subject.guardedRun(expectation);
      if (!guarded.passed()) {
        return guarded;
      }
    }
    for (FloatArray output : subject.outputs()) {
      output.init(Float.NaN);
    }
    operator().runProfiled();
    operator().fetch();
    return expectation.judge(
        expectations.work().operator() + " on " + device.id(), subject.outputs());
  }

  @Override
  public String coverage() {
    return coverage;
  }

  private Operator operator() {
    if (operator == null) {
      throw new IllegalStateException("not opened");
    }
    return operator;
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
    }
  }
}
