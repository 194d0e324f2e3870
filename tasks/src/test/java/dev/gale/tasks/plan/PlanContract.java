package dev.gale.tasks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.BlockedMatmul;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.PlainMatmul;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a plan does on every device. */
abstract class PlanContract {

  private static final int SIZE = 100;

  @Test
  void seesInputsChange_fromRunToRun(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = new FloatArray(SIZE);
    GraphBuilder graph =
        new GraphBuilder("double", device, PlanOptions.DEFAULT).inputs(x).outputs(y);
    graph.graph().task("double", PlanKernels::twice, x, y, SIZE);
    try (Plan plan = graph.build()) {
      plan.run();
      assertThat(y.toHeapArray()).containsOnly(2);
      x.init(5);
      plan.run();
      assertThat(y.toHeapArray()).containsOnly(10);
    }
  }

  @Test
  void leavesResidentOutputsOnTheDevice_untilTheyAreFetched(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = filled(SIZE, -1);
    GraphBuilder graph =
        new GraphBuilder("double", device, PlanOptions.DEFAULT.withResidentOutputs())
            .inputs(x)
            .outputs(y);
    graph.graph().task("double", PlanKernels::twice, x, y, SIZE);
    try (Plan plan = graph.build()) {
      assertThatThrownBy(plan::fetch).isInstanceOf(IllegalStateException.class);
      plan.run();
      x.init(5);
      RunReport second = plan.run();
      assertThat(y.toHeapArray()).containsOnly(-1);
      assertThat(second.bytesOut()).isZero();
      plan.fetch();
      assertThat(y.toHeapArray()).containsOnly(10);
    }
  }

  @Test
  void leavesInAGuardedOutputWhatAKernelDoesNotWrite(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = new FloatArray((int) PlanOptions.GUARDED.outputLength(SIZE));
    GraphBuilder graph =
        new GraphBuilder("double", device, PlanOptions.GUARDED).inputs(x).outputs(y);
    graph.graph().task("double", PlanKernels::twice, x, y, SIZE - 1);
    try (Plan plan = graph.build()) {
      for (int run = 0; run < 3; run++) {
        y.init(run + 100);
        plan.run();
        assertThat(y.get(0)).isEqualTo(2);
        assertThat(y.get(SIZE - 2)).isEqualTo(2);
        for (int i = SIZE - 1; i < y.getSize(); i++) {
          assertThat(y.get(i)).isEqualTo(run + 100);
        }
      }
    }
  }

  @Test
  void passesIntermediatesFromTaskToTask(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = new FloatArray(SIZE);
    GraphBuilder graph =
        new GraphBuilder("twice", device, PlanOptions.DEFAULT).inputs(x).outputs(y);
    FloatArray between = graph.intermediate(SIZE);
    graph.graph().task("first", PlanKernels::twice, x, between, SIZE);
    graph.graph().task("second", PlanKernels::twice, between, y, SIZE);
    try (Plan plan = graph.build()) {
      plan.run();
      assertThat(y.toHeapArray()).containsOnly(4);
      x.init(3);
      plan.run();
      assertThat(y.toHeapArray()).containsOnly(12);
    }
  }

  @Test
  void runsTwoOperatorsInOneGraph(Device device) {
    int n = 33;
    MatmulShape shape = new MatmulShape(n, n, n);
    FloatArray a = filled(n * n, 1);
    FloatArray b = filled(n * n, 2);
    FloatArray c = new FloatArray(n * n);
    GraphBuilder graph =
        new GraphBuilder("cube", device, PlanOptions.DEFAULT).inputs(a, b).outputs(c);
    FloatArray ab = graph.intermediate(n * n);
    new PlainMatmul().append(graph, "one", shape, a, b, ab);
    BlockedMatmul.large().append(graph, "two", shape, ab, b, c);
    try (Plan plan = graph.build()) {
      plan.run();
    }
    assertThat(c.toHeapArray()).containsOnly(4 * n * n);
  }

  @Test
  void setsTheGridOfAWorkGroupKernel(Device device) {
    FloatArray y = new FloatArray(64);
    WorkerGrid grid = new WorkerGrid1D(64);
    grid.setLocalWork(16, 1, 1);
    GraphBuilder graph = new GraphBuilder("groups", device, PlanOptions.DEFAULT).outputs(y);
    graph.grid("groups", grid);
    graph.graph().task("groups", PlanKernels::groups, new KernelContext(), y);
    try (Plan plan = graph.build()) {
      plan.run();
    }
    for (int i = 0; i < 64; i++) {
      assertThat(y.get(i)).isEqualTo(1000 * (i / 16) + i % 16);
    }
  }

  @Test
  void reportsTimesAndBytes(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = new FloatArray(SIZE);
    GraphBuilder graph =
        new GraphBuilder("double", device, PlanOptions.DEFAULT).inputs(x).outputs(y);
    graph.graph().task("double", PlanKernels::twice, x, y, SIZE);
    try (Plan plan = graph.build()) {
      plan.run();
      RunReport second = plan.run();
      assertThat(second.kernelNanos()).isPositive().isLessThanOrEqualTo(second.wallNanos());
      assertThat(second.bytesIn()).isGreaterThanOrEqualTo((long) SIZE * Float.BYTES);
      assertThat(second.bytesOut()).isGreaterThanOrEqualTo((long) SIZE * Float.BYTES);
      assertThat(second.copyInNanos()).isNotNegative();
      assertThat(second.copyOutNanos()).isNotNegative();
      assertThat(plan.device()).isSameAs(device);
    }
  }

  @Test
  void profilesTheFirstRunAlone_whenAskedTo(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = new FloatArray(SIZE);
    PlanOptions options = PlanOptions.DEFAULT.withResidentOutputs().withoutProfiler();
    GraphBuilder graph = new GraphBuilder("double", device, options).inputs(x).outputs(y);
    graph.graph().task("double", PlanKernels::twice, x, y, SIZE);
    GraphBuilder other = new GraphBuilder("other", device, PlanOptions.DEFAULT).inputs(x);
    FloatArray z = new FloatArray(SIZE);
    other.outputs(z).graph().task("double", PlanKernels::twice, x, z, SIZE);
    try (Plan plan = graph.build();
        Plan profiled = other.build()) {
      assertThat(plan.run().kernelNanos()).isPositive();
      x.init(3);
      RunReport second = plan.run();
      assertThat(second).isEqualTo(RunReport.unprofiled(second.wallNanos()));
      assertThat(second.wallNanos()).isPositive();
      plan.fetch();
      assertThat(y.toHeapArray()).containsOnly(6);
      assertThat(profiled.run().kernelNanos()).isPositive();
      assertThat(plan.run().kernelNanos()).isZero();
      assertThat(plan.runProfiled().kernelNanos()).isPositive();
      assertThat(plan.run().kernelNanos()).isZero();
      assertThat(profiled.run().kernelNanos()).isPositive();
    }
  }

  @Test
  void runsPlansOfOneNameSideBySide(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = new FloatArray(SIZE);
    FloatArray z = new FloatArray(SIZE);
    GraphBuilder first = new GraphBuilder("same", device, PlanOptions.DEFAULT).inputs(x).outputs(y);
    first.graph().task("task", PlanKernels::twice, x, y, SIZE);
    // Guarded: what the kernel leaves out is then what z held before.
    GraphBuilder second =
        new GraphBuilder("same", device, PlanOptions.GUARDED).inputs(x).outputs(z);
    second.graph().task("task", PlanKernels::sum, x, x, z, SIZE - 1);
    try (Plan one = first.build();
        Plan two = second.build()) {
      one.run();
      two.run();
      one.run();
    }
    assertThat(y.toHeapArray()).containsOnly(2);
    assertThat(z.get(SIZE - 2)).isEqualTo(2);
    assertThat(z.get(SIZE - 1)).isZero();
  }

  static FloatArray filled(int size, float value) {
    FloatArray array = new FloatArray(size);
    array.init(value);
    return array;
  }
}
