package dev.gale.tasks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.testing.OnHost;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class PlanTest extends PlanContract {

  @Test
  void failsAsTheDevice_whenAKernelThrows(Device device) {
    FloatArray x = filled(8, 1);
    FloatArray y = filled(8, Float.NaN);
    GraphBuilder graph =
        new GraphBuilder("broken", device, PlanOptions.DEFAULT).inputs(x).outputs(y);
    graph.graph().task("throwing", PlanKernels::throwing, x, y, 8);
    try (Plan plan = graph.build()) {
      assertThatThrownBy(plan::run)
          .isInstanceOf(DeviceFailedException.class)
          .hasMessageStartingWith("host:0: ")
          .hasMessageContaining("x is positive");
    }
  }

  @Test
  void leavesAWrongRequestWhatItIs_whenTasksAreAdded(Device device) {
    GraphBuilder graph = new GraphBuilder("wrong", device, PlanOptions.DEFAULT);
    IllegalArgumentException wrong = new IllegalArgumentException("packed b: too large");
    assertThatThrownBy(
            () ->
                graph.append(
                    () -> {
                      throw wrong;
                    }))
        .isSameAs(wrong);
  }

  @Test
  void blamesTheDeviceForEverythingElse_whenTasksAreAdded(Device device) {
    GraphBuilder graph = new GraphBuilder("wrong", device, PlanOptions.DEFAULT);
    assertThatThrownBy(
            () ->
                graph.append(
                    () -> {
                      throw new AssertionError("\u001B[31mthe compiler\n gave up\u001B[0m");
                    }))
        .isInstanceOf(DeviceFailedException.class)
        .hasMessage("host:0: AssertionError: the compiler gave up");
  }

  @Test
  void guardsOnlyWhatItCanFill(Device device) {
    GraphBuilder graph = new GraphBuilder("wrong", device, PlanOptions.GUARDED);
    assertThatThrownBy(
            () -> graph.outputs(new uk.ac.manchester.tornado.api.types.arrays.IntArray(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output: a IntArray, expected a FloatArray to guard");
    assertThat(graph.options()).isEqualTo(PlanOptions.GUARDED);
  }
}
