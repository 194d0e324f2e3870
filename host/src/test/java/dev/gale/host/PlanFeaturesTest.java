package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.AccessorParameters;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.Debug;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What an execution plan can be told, and what the JVM device makes of it. */
class PlanFeaturesTest {

  private static final int N = 128;

  static void increment(IntArray a) {
    for (@Parallel int i = 0; i < a.getSize(); i++) {
      a.set(i, a.get(i) + 1);
    }
  }

  static void sum(FloatArray in, @Reduce FloatArray result) {
    result.set(0, 0);
    for (@Parallel int i = 0; i < in.getSize(); i++) {
      result.set(0, result.get(0) + in.get(i));
    }
  }

  static void fails(IntArray a) {
    for (@Parallel int i = 0; i < a.getSize(); i++) {
      a.set(i, 1 / a.get(i));
    }
  }

  static void prints(IntArray a) {
    for (@Parallel int i = 0; i < 1; i++) {
      Debug.printf("element %d is %d\n", i, a.get(i));
    }
  }

  static void swap(KernelContext context, IntArray a) {
    int[] tile = context.allocateIntLocalArray(8);
    tile[context.localIdx] = a.get(context.globalIdx);
    await(context);
    a.set(context.globalIdx, tile[context.localIdx ^ 1]);
  }

  private static void await(KernelContext context) {
    context.localBarrier();
  }

  /** A kernel that is an instance method, and uses a field. */
  static class Scaler {
    final float factor;

    Scaler(float factor) {
      this.factor = factor;
    }

    void scale(FloatArray a) {
      for (@Parallel int i = 0; i < a.getSize(); i++) {
        a.set(i, a.get(i) * factor());
      }
    }

    float factor() {
      return factor;
    }
  }

  static final class DoubleScaler extends Scaler {
    DoubleScaler(float factor) {
      super(factor);
    }

    @Override
    float factor() {
      return 2 * factor;
    }
  }

  private static TaskGraph incrementing(IntArray a) {
    return new TaskGraph("g")
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
        .task("t", PlanFeaturesTest::increment, a)
        .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
  }

  private static TornadoExecutionPlan plan(TaskGraph graph) {
    return new TornadoExecutionPlan(graph.snapshot());
  }

  private interface Action {
    void run() throws Exception;
  }

  private static String printed(Action action) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void warmUpExecutes() throws Exception {
    IntArray a = new IntArray(N);
    try (TornadoExecutionPlan plan = plan(incrementing(a))) {
      plan.withPreCompilation().withWarmUpIterations(3).execute();
    }
    assertThat(a.toHeapArray()).containsOnly(4);
  }

  @Test
  void settingsForSeveralDevicesMakeNoDifference_becauseThereIsOne() throws Exception {
    IntArray a = new IntArray(N);
    try (TornadoExecutionPlan plan = plan(incrementing(a))) {
      plan.withConcurrentDevices().withDevice("g.t", TornadoExecutionPlan.DEFAULT_DEVICE).execute();
      plan.withoutConcurrentDevices().withDefaultScheduler().execute();
    }
    assertThat(a.toHeapArray()).containsOnly(2);
  }

  @Test
  void reductionAddsEverything() throws Exception {
    FloatArray in = new FloatArray(N);
    in.init(0.5f);
    FloatArray result = new FloatArray(1);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
            .task("t", PlanFeaturesTest::sum, in, result)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, result);
    try (TornadoExecutionPlan plan = plan(graph)) {
      plan.execute();
      plan.execute();
    }
    assertThat(result.get(0)).isEqualTo(N / 2f);
  }

  @Test
  void lambdasAndInstanceMethodsAreKernelsToo() throws Exception {
    FloatArray a = new FloatArray(N);
    a.init(1);
    float three = 3;
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
            .task("t0", new Scaler(2)::scale, a)
            .task("t1", new DoubleScaler(2)::scale, a)
            .task(
                "t2",
                array -> {
                  for (@Parallel int i = 0; i < array.getSize(); i++) {
                    array.set(i, array.get(i) + three);
                  }
                },
                a)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
    try (TornadoExecutionPlan plan = plan(graph)) {
      plan.execute();
    }
    assertThat(a.toHeapArray()).containsOnly(1 * 2 * 4 + 3);
  }

  @Test
  void barriersWorkOnVirtualThreads() throws Exception {
    IntArray a = new IntArray(64);
    for (int i = 0; i < 64; i++) {
      a.set(i, i);
    }
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
            .task("t", PlanFeaturesTest::swap, new KernelContext(), a)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
    WorkerGrid grid = new WorkerGrid1D(64);
    grid.setLocalWork(8, 1, 1);
    try (TornadoExecutionPlan plan = plan(graph)) {
      plan.withGridScheduler(new GridScheduler("g.t", grid));
      Thread.ofVirtual().start(plan::execute).join();
    }
    for (int i = 0; i < 64; i++) {
      assertThat(a.get(i)).isEqualTo(i ^ 1);
    }
  }

  @Test
  void exceptionNamesTheTask_whenAKernelThrows() throws Exception {
    IntArray a = new IntArray(N);
    TaskGraph graph =
        new TaskGraph("g")
            .task("t", PlanFeaturesTest::fails, a)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
    try (TornadoExecutionPlan plan = plan(graph)) {
      assertThatThrownBy(plan::execute)
          .hasMessage("task g.t: java.lang.ArithmeticException: / by zero")
          .hasCauseInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void kernelsMayPrint() throws Exception {
    IntArray a = new IntArray(1);
    a.set(0, 42);
    String text =
        printed(
            () -> {
              try (TornadoExecutionPlan plan =
                  plan(new TaskGraph("g").task("t", PlanFeaturesTest::prints, a))) {
                plan.execute();
              }
            });
    assertThat(text).isEqualTo("element 0 is 42\n");
  }

  @Test
  void threadInfoAndKernelsArePrinted_whenAskedFor() throws Exception {
    IntArray a = new IntArray(N);
    String text =
        printed(
            () -> {
              try (TornadoExecutionPlan plan = plan(incrementing(a))) {
                plan.withThreadInfo().withPrintKernel().execute();
              }
            });
    assertThat(text)
        .contains("Task info: g.t")
        .contains("Execution       : PlanFeaturesTest.increment: divided loops: divides a loop")
        .contains("// task g.t: PlanFeaturesTest.increment")
        .contains("IADD");

    String silence =
        printed(
            () -> {
              try (TornadoExecutionPlan plan = plan(incrementing(a))) {
                plan.withThreadInfo()
                    .withoutThreadInfo()
                    .withPrintKernel()
                    .withoutPrintKernel()
                    .execute();
              }
            });
    assertThat(silence).isEmpty();
  }

  @Test
  void profilerTellsTimesAndHowTasksRan_whenItIsOn() throws Exception {
    IntArray a = new IntArray(N);
    try (TornadoExecutionPlan plan = plan(incrementing(a))) {
      TornadoProfilerResult result =
          plan.withProfiler(ProfilerMode.SILENT).execute().getProfilerResult();

      assertThat(result.getDeviceKernelTime()).isPositive();
      assertThat(result.getCompileTime()).isPositive();
      assertThat(result.getDeviceWriteTime()).isPositive();
      assertThat(result.getDeviceReadTime()).isPositive();
      assertThat(result.getDataTransfersTime())
          .isEqualTo(result.getDeviceWriteTime() + result.getDeviceReadTime());
      assertThat(result.getTotalTime())
          .isGreaterThanOrEqualTo(result.getDeviceKernelTime() + result.getDataTransfersTime());
      assertThat(result.getTotalBytesTransferred())
          .isEqualTo(2 * a.getNumBytesOfSegmentWithHeader());
      assertThat(result.getTotalDeviceMemoryUsage()).isEqualTo(a.getNumBytesOfSegmentWithHeader());
      assertThat(result.getProfileLog())
          .contains("\"g\": {")
          .contains("\"g.t\": {")
          .contains("\"BACKEND\": \"HOST\"")
          .contains("\"METHOD\": \"PlanFeaturesTest.increment: divided loops: divides a loop\"");

      assertThat(plan.execute().getProfilerResult().getCompileTime()).isZero();
      plan.clearProfiles();
      assertThat(result.getProfileLog()).isEmpty();
      assertThat(plan.withoutProfiler().execute().getProfilerResult().getDeviceKernelTime())
          .isZero();
    }
  }

  @Test
  void profileIsPrinted_whenTheProfilerWritesToTheConsole() throws Exception {
    IntArray a = new IntArray(N);
    String text =
        printed(
            () -> {
              try (TornadoExecutionPlan plan = plan(incrementing(a))) {
                plan.withProfiler(ProfilerMode.CONSOLE).execute();
              }
            });
    assertThat(text).contains("\"TOTAL_KERNEL_TIME\": \"");
  }

  @Test
  void whatIsNotSupportedIsNamed() throws Exception {
    IntArray a = new IntArray(N);
    AccessorParameters accessors = new AccessorParameters(1);
    accessors.set(0, a, Access.READ_WRITE);
    assertThatThrownBy(() -> new TaskGraph("g").prebuiltTask("t", "add", "add.cl", accessors))
        .hasMessage("the JVM device (host:0) does not support prebuilt kernels (task g.t)");

    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(8);
      assertThatThrownBy(
              () -> new TaskGraph("g").transferToDevice(DataTransferMode.EVERY_EXECUTION, segment))
          .hasMessage(
              "the JVM device (host:0) does not support a MemorySegment (transferToDevice);"
                  + " use one of TornadoVM's arrays");
    }

    try (TornadoExecutionPlan plan = plan(incrementing(a))) {
      assertThatThrownBy(() -> plan.withCompilerFlags(TornadoVMBackendType.JAVA, "-O3"))
          .hasMessageContaining("does not support compiler flags (-O3)");
      // Flags of other backends are for other devices.
      plan.withCompilerFlags(TornadoVMBackendType.OPENCL, "-cl-fast-relaxed-math").execute();
    }
  }

  @Test
  void numbersCanNotBeOutputs() {
    assertThatThrownBy(() -> new TaskGraph("g").transferToHost(DataTransferMode.EVERY_EXECUTION, 5))
        .hasMessageContaining("graph g: transferToHost of the Integer 5");
    assertThatThrownBy(() -> new TaskGraph("g").transferToDevice(77, new IntArray(1)))
        .hasMessageContaining("graph g: transferToDevice: mode 77");
  }
}
