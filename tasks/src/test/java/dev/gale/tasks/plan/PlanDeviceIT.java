package dev.gale.tasks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.testing.RequiresDevice;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@RequiresDevice
class PlanDeviceIT extends PlanContract {

  private static final int SIZE = 100;

  @Test
  void keepsResidentInputs(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray y = new FloatArray(SIZE);
    GraphBuilder graph =
        new GraphBuilder("double", device, PlanOptions.DEFAULT.withResidentInputs())
            .inputs(x)
            .outputs(y);
    graph.graph().task("double", PlanKernels::twice, x, y, SIZE);
    try (Plan plan = graph.build()) {
      plan.run();
      x.init(5);
      y.init(Float.NaN);
      RunReport second = plan.run();
      assertThat(y.toHeapArray()).containsOnly(2);
      assertThat(second.bytesIn()).isLessThan((long) SIZE * Float.BYTES);
    }
  }

  @Test
  void keepsConstants_whileInputsTravel(Device device) {
    FloatArray x = filled(SIZE, 1);
    FloatArray weights = filled(SIZE, 3);
    FloatArray y = new FloatArray(SIZE);
    GraphBuilder graph =
        new GraphBuilder("sum", device, PlanOptions.DEFAULT)
            .inputs(x)
            .constants(weights)
            .outputs(y);
    graph.graph().task("sum", PlanKernels::sum, x, weights, y, SIZE);
    try (Plan plan = graph.build()) {
      plan.run();
      x.init(10);
      weights.init(-1000);
      plan.run();
      assertThat(y.toHeapArray()).containsOnly(13);
    }
  }

  @Test
  void failsAsTheDevice_whenAKernelCannotBeCompiled(Device device) {
    FloatArray x = filled(8, 1);
    FloatArray y = filled(8, Float.NaN);
    GraphBuilder graph =
        new GraphBuilder("broken", device, PlanOptions.DEFAULT).inputs(x).outputs(y);
    assertThatThrownBy(
            () -> {
              graph.append(() -> graph.graph().task("recursive", PlanKernels::recursive, x, y, 8));
              try (Plan plan = graph.build()) {
                plan.run();
              }
            })
        .isInstanceOf(DeviceFailedException.class)
        .hasMessageStartingWith(device.id() + ": ");
    assertThat(y.toHeapArray()).containsOnly(Float.NaN);
  }

  @Test
  void failsAsTheDevice_whenOneOfTwoKernelsCannotBeLaunched(Device device) {
    FloatArray x = filled(64, 1);
    FloatArray y = filled(64, Float.NaN);
    // OpenCL takes a group size that does not divide the items for an error; TornadoVM goes on.
    WorkerGrid grid = new WorkerGrid1D(64);
    grid.setLocalWork(7, 1, 1);
    GraphBuilder graph =
        new GraphBuilder("broken", device, PlanOptions.DEFAULT).inputs(x).outputs(y);
    FloatArray between = graph.intermediate(64);
    graph.graph().task("first", PlanKernels::twice, x, between, 64);
    graph.grid("second", grid);
    graph.graph().task("second", PlanKernels::groups, new KernelContext(), y);
    try (Plan plan = graph.build()) {
      assertThatThrownBy(plan::run)
          .isInstanceOf(DeviceFailedException.class)
          .hasMessage(
              device.id()
                  + ": task second: the profiler shows no kernel time: the device did not do the work");
    }
  }
}
