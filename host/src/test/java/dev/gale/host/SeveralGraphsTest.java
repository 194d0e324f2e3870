package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Several graphs in one plan, and what they leave each other on the device. */
class SeveralGraphsTest {

  private static final int N = 64;

  static void copy(FloatArray in, FloatArray out) {
    for (@Parallel int i = 0; i < in.getSize(); i++) {
      out.set(i, in.get(i));
    }
  }

  static void increment(FloatArray a) {
    for (@Parallel int i = 0; i < a.getSize(); i++) {
      a.set(i, a.get(i) + 1);
    }
  }

  static void evenOnly(FloatArray out) {
    for (@Parallel int i = 0; i < out.getSize(); i += 2) {
      out.set(i, 1);
    }
  }

  private static FloatArray filled(float value) {
    FloatArray array = new FloatArray(N);
    array.init(value);
    return array;
  }

  private static float[] values(FloatArray array) {
    return array.toHeapArray();
  }

  @Test
  void graphsHandOverOnTheDevice_whenOnePersistsAndTheOtherConsumes() throws Exception {
    FloatArray in = filled(1);
    FloatArray between = filled(-1);
    FloatArray out = new FloatArray(N);
    TaskGraph first =
        new TaskGraph("first")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
            .task("t", SeveralGraphsTest::copy, in, between)
            .persistOnDevice(between);
    TaskGraph second =
        new TaskGraph("second")
            .consumeFromDevice("first", between)
            .task("t0", SeveralGraphsTest::increment, between)
            .task("t1", SeveralGraphsTest::copy, between, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan =
        new TornadoExecutionPlan(first.snapshot(), second.snapshot())) {
      plan.withGraph(0).execute();
      plan.withGraph(1).execute();
      assertThat(values(out)).containsOnly(2);
      plan.withGraph(1).execute();
      assertThat(values(out)).containsOnly(3);
      assertThat(values(between)).containsOnly(-1);

      in.init(10);
      plan.withAllGraphs().execute();
      assertThat(values(out)).containsOnly(11);
    }
  }

  @Test
  void consumingIsAnError_whenTheOtherGraphHasNotRun() throws Exception {
    FloatArray between = new FloatArray(N);
    FloatArray out = new FloatArray(N);
    TaskGraph first =
        new TaskGraph("first")
            .task("t", SeveralGraphsTest::evenOnly, between)
            .persistOnDevice(between);
    TaskGraph second =
        new TaskGraph("second")
            .consumeFromDevice("first", between)
            .task("t", SeveralGraphsTest::copy, between, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan =
        new TornadoExecutionPlan(first.snapshot(), second.snapshot())) {
      assertThatThrownBy(() -> plan.withGraph(1).execute())
          .hasMessage(
              "graph second: consumes a FloatArray from graph first, which has not left it on the device");
    }
  }

  @Test
  void regionIsSeenUnderAnotherName_whenItIsMapped() throws Exception {
    FloatArray matrix = new FloatArray(N);
    FloatArray row = new FloatArray(8);
    FloatArray ramp = new FloatArray(N);
    for (int i = 0; i < N; i++) {
      ramp.set(i, i);
    }
    TaskGraph first =
        new TaskGraph("first")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, ramp)
            .task("t", SeveralGraphsTest::copy, ramp, matrix)
            .transferToHost(DataTransferMode.UNDER_DEMAND, matrix);
    TaskGraph second =
        new TaskGraph("second")
            .transferToDevice(DataTransferMode.UNDER_DEMAND, row)
            .task("t", SeveralGraphsTest::increment, row)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, row);

    try (TornadoExecutionPlan plan =
        new TornadoExecutionPlan(first.snapshot(), second.snapshot())) {
      TornadoExecutionResult result = plan.withGraph(0).execute();
      plan.mapOnDeviceMemoryRegion(row, matrix, 16, 0, 1);
      plan.withGraph(1).execute();
      plan.withGraph(0);
      result.transferToHost(matrix);
    }

    assertThat(values(row)).containsExactly(17, 18, 19, 20, 21, 22, 23, 24);
    assertThat(matrix.get(15)).isEqualTo(15);
    assertThat(matrix.get(16)).isEqualTo(17);
    assertThat(matrix.get(24)).isEqualTo(24);
  }
}
