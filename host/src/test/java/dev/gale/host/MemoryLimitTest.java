package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Limits on device memory, and batches, which exist because of such limits. */
class MemoryLimitTest {

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

  static void mixed(FloatArray in, IntArray out) {
    for (@Parallel int i = 0; i < out.getSize(); i++) {
      out.set(i, (int) in.get(i));
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
  void memoryLimitIsKept() throws Exception {
    FloatArray a = filled(1);
    TaskGraph graph =
        new TaskGraph("g")
            .task("t", MemoryLimitTest::increment, a)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withMemoryLimit("0MB");
      assertThatThrownBy(plan::execute)
          .isInstanceOf(TornadoMemoryException.class)
          .hasMessage(
              "graph g: needs %d bytes on the device, withMemoryLimit allows 0",
              a.getNumBytesOfSegmentWithHeader());
      plan.withoutMemoryLimit().execute();
      assertThat(plan.getCurrentDeviceMemoryUsage()).isEqualTo(a.getNumBytesOfSegmentWithHeader());
      assertThatThrownBy(() -> plan.withMemoryLimit("lots"))
          .hasMessageContaining("withMemoryLimit: lots, expected a whole number and MB or GB");
    }
    assertThat(values(a)).containsOnly(2);
  }

  @Test
  void batchesGiveTheSameResult_whenArraysAreOfOneSize() throws Exception {
    FloatArray in = filled(3);
    FloatArray out = new FloatArray(N);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t", MemoryLimitTest::copy, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withBatch("1MB").execute();
    }

    assertThat(values(out)).containsOnly(3);
  }

  @Test
  void batchesAreRefused_whenArraysDiffer() throws Exception {
    FloatArray in = filled(3);
    IntArray out = new IntArray(N / 2);
    TaskGraph graph =
        new TaskGraph("g")
            .task("t", MemoryLimitTest::mixed, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      assertThatThrownBy(() -> plan.withBatch("1MB").execute())
          .isInstanceOf(TornadoBailoutRuntimeException.class)
          .hasMessageContaining("batches need arrays of one size");
    }
  }
}
