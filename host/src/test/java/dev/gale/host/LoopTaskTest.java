package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class LoopTaskTest {

  static void addScaled(FloatArray a, FloatArray b, FloatArray c, float scale, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      c.set(i, a.get(i) + scale * b.get(i));
    }
  }

  private static FloatArray ramp(int n, float step) {
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, i * step);
    }
    return array;
  }

  @Test
  void computesEveryElement_whenTheTaskIsAMethodReferenceWithScalars() throws Exception {
    int n = 1000;
    FloatArray a = ramp(n, 1f);
    FloatArray b = ramp(n, 0.5f);
    FloatArray c = new FloatArray(n);
    c.init(Float.NaN);
    TaskGraph graph =
        new TaskGraph("s0")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b)
            .task("t0", LoopTaskTest::addScaled, a, b, c, 2f, n)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, c);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withDevice(TornadoExecutionPlan.getDevice(0, 0)).execute();
    }

    for (int i = 0; i < n; i++) {
      assertThat(c.get(i)).isEqualTo(i + 2f * (i * 0.5f));
    }
  }

  @Test
  void profilerReportsKernelTimeAndBytes_whenItIsOn() throws Exception {
    int n = 64;
    FloatArray a = ramp(n, 1f);
    FloatArray b = ramp(n, 1f);
    FloatArray c = new FloatArray(n);
    TaskGraph graph =
        new TaskGraph("s0")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b)
            .task("t0", LoopTaskTest::addScaled, a, b, c, 1f, n)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, c);

    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      TornadoExecutionResult result = plan.withProfiler(ProfilerMode.SILENT).execute();

      assertThat(result.getProfilerResult().getDeviceKernelTime()).isPositive();
      assertThat(result.getProfilerResult().getTotalTime())
          .isGreaterThanOrEqualTo(result.getProfilerResult().getDeviceKernelTime());
      assertThat(result.getProfilerResult().getTotalBytesCopyIn())
          .isEqualTo(2 * a.getNumBytesOfSegmentWithHeader());
      assertThat(result.getProfilerResult().getTotalBytesCopyOut())
          .isEqualTo(c.getNumBytesOfSegmentWithHeader());
    }
  }
}
