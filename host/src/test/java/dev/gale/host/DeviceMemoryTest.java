package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat4;
import uk.ac.manchester.tornado.api.types.vectors.Float4;

/** What a program can tell about the device's memory: when its contents are the host's and when they are not. */
class DeviceMemoryTest {

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

  static void scale(VectorFloat4 in, VectorFloat4 out) {
    for (@Parallel int i = 0; i < in.getLength(); i++) {
      out.set(i, Float4.mult(in.get(i), 2f));
    }
  }

  static void sumRows(float[][] in, float[] out) {
    for (@Parallel int i = 0; i < in.length; i++) {
      float sum = 0;
      for (int j = 0; j < in[i].length; j++) {
        sum += in[i][j];
      }
      out[i] = sum;
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
  void laterChangesOnTheHostAreNotSeen_whenAnInputIsTransferredOnce() throws Exception {
    FloatArray in = filled(1);
    FloatArray out = new FloatArray(N);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t", DeviceMemoryTest::copy, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      in.init(2);
      plan.execute();
      assertThat(values(out)).containsOnly(1);

      plan.freeDeviceMemory();
      plan.execute();
      assertThat(values(out)).containsOnly(2);

      in.init(3);
      plan.resetDevice();
      plan.execute();
      assertThat(values(out)).containsOnly(3);
    }
  }

  @Test
  void laterChangesOnTheHostAreSeen_whenAnInputIsTransferredEveryTime() throws Exception {
    FloatArray in = filled(1);
    FloatArray out = new FloatArray(N);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
            .task("t", DeviceMemoryTest::copy, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      in.init(2);
      plan.execute();
    }

    assertThat(values(out)).containsOnly(2);
  }

  @Test
  void resultStaysOnTheDevice_whenNobodyTransfersIt() throws Exception {
    FloatArray in = filled(1);
    FloatArray out = filled(-5);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t", DeviceMemoryTest::copy, in, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
    }

    assertThat(values(out)).containsOnly(-5);
  }

  @Test
  void resultComesWhenAsked_whenItIsUnderDemand() throws Exception {
    FloatArray in = filled(1);
    FloatArray out = filled(-5);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t", DeviceMemoryTest::copy, in, out)
            .transferToHost(DataTransferMode.UNDER_DEMAND, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      TornadoExecutionResult result = plan.execute();
      assertThat(values(out)).containsOnly(-5);

      result.transferToHost(new DataRange(out).withOffset(8).withSize(16));
      for (int i = 0; i < N; i++) {
        assertThat(out.get(i)).isEqualTo(i >= 8 && i < 24 ? 1 : -5);
      }

      result.transferToHost(out);
      assertThat(values(out)).containsOnly(1);
    }
  }

  @Test
  void valuesAccumulateOnTheDevice_whenAnArrayIsReadAndWritten() throws Exception {
    FloatArray a = filled(1);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
            .task("t", DeviceMemoryTest::increment, a)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      a.init(100);
      plan.execute();
    }

    assertThat(values(a)).containsOnly(3);
  }

  @Test
  void inputIsCopiedOnce_whenATaskReadsWhatNobodyTransfers() throws Exception {
    FloatArray in = filled(4);
    FloatArray out = new FloatArray(N);
    TaskGraph graph =
        new TaskGraph("g")
            .task("t", DeviceMemoryTest::copy, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      in.init(5);
      plan.execute();
    }

    assertThat(values(out)).containsOnly(4);
  }

  @Test
  void whatNoTaskWritesIsNaN_whenAnIntermediateIsReadBack() throws Exception {
    FloatArray out = filled(7);
    TaskGraph graph =
        new TaskGraph("g")
            .task("t", DeviceMemoryTest::evenOnly, out)
            .transferToHost(DataTransferMode.UNDER_DEMAND, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute().transferToHost(out);
    }

    for (int i = 0; i < N; i++) {
      assertThat(out.get(i)).isEqualTo(i % 2 == 0 ? Float.valueOf(1) : Float.valueOf(Float.NaN));
    }
  }

  @Test
  void whatNoTaskWritesStays_whenAnOutputIsTransferredEveryTime() throws Exception {
    FloatArray out = filled(Float.NaN);
    TaskGraph graph =
        new TaskGraph("g")
            .task("t", DeviceMemoryTest::evenOnly, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      out.init(Float.NaN);
      plan.execute();
    }

    for (int i = 0; i < N; i++) {
      assertThat(out.get(i)).isEqualTo(i % 2 == 0 ? Float.valueOf(1) : Float.valueOf(Float.NaN));
    }
  }

  @Test
  void hostKeepsItsChanges_whenATransferredOutputIsOnlyRead() throws Exception {
    FloatArray in = filled(1);
    FloatArray out = new FloatArray(N);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t", DeviceMemoryTest::copy, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, in, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      in.init(9);
      plan.execute();
    }

    assertThat(values(in)).containsOnly(9);
  }

  @Test
  void collectionsAreCopiedToo_whenTheyAreTransferredOnce() throws Exception {
    VectorFloat4 in = new VectorFloat4(8);
    VectorFloat4 out = new VectorFloat4(8);
    in.fill(1f);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t", DeviceMemoryTest::scale, in, out)
            .transferToHost(DataTransferMode.UNDER_DEMAND, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      in.fill(5f);
      TornadoExecutionResult result = plan.execute();
      assertThat(values(out.getArray())).containsOnly(0);
      result.transferToHost(out);
    }

    assertThat(values(out.getArray())).containsOnly(2);
  }

  @Test
  void javaArraysAreCopiedToo_whenTheyAreTransferredOnce() throws Exception {
    float[][] in = {{1, 2}, {3, 4}};
    float[] out = new float[2];
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, (Object) in)
            .task("t", DeviceMemoryTest::sumRows, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      in[0][0] = 100;
      plan.execute();
    }

    assertThat(out).containsExactly(3, 7);
  }

  @Test
  void transferIsAnError_whenTheGraphDoesNotKnowTheObject() throws Exception {
    FloatArray a = filled(1);
    FloatArray stranger = new FloatArray(1);
    TaskGraph graph =
        new TaskGraph("g")
            .task("t", DeviceMemoryTest::increment, a)
            .transferToHost(DataTransferMode.UNDER_DEMAND, a);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      TornadoExecutionResult result = plan.execute();
      assertThatThrownBy(() -> result.transferToHost(stranger))
          .hasMessage("transferToHost of a FloatArray: graph g has no such object on the device");
    }
  }
}
