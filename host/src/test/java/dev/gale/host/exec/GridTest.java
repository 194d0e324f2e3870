package dev.gale.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.host.exec.Grid.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;

class GridTest {

  @Test
  void readsAllThreeDimensions() {
    WorkerGrid worker = new WorkerGrid3D(8, 6, 4);
    worker.setLocalWork(4, 3, 2);
    worker.setGlobalOffset(1, 2, 3);

    Grid grid = Grid.of("g.t", worker);

    assertThat(grid)
        .isEqualTo(new Grid(new Extent(8, 6, 4), new Extent(4, 3, 2), new Extent(1, 2, 3)));
    assertThat(grid.groups()).isEqualTo(new Extent(2, 2, 2));
    assertThat(grid.groupSize()).isEqualTo(24);
    assertThat(grid.localIndex(23)).isEqualTo("(3, 2, 1)");
  }

  @ParameterizedTest
  @CsvSource({"1024, 256", "100, 100", "300, 150", "257, 1", "7, 7", "514, 2"})
  void groupDividesTheGlobalSize_whenTheDeviceChooses(int global, int group) {
    assertThat(Grid.of("g.t", new WorkerGrid1D(global)).local()).isEqualTo(new Extent(group, 1, 1));
  }

  @Test
  void indivisibleGroupsAreAnError() {
    WorkerGrid worker = new WorkerGrid1D(100);
    worker.setLocalWork(64, 1, 1);

    assertThatThrownBy(() -> Grid.of("g.t", worker))
        .hasMessage("task g.t: global work 100 x 1 x 1 is not a multiple of local work 64 x 1 x 1");
  }

  @Test
  void tooLargeGroupsAreAnError() {
    WorkerGrid worker = new WorkerGrid3D(64, 64, 64);
    worker.setLocalWork(64, 64, 2);

    assertThatThrownBy(() -> Grid.of("g.t", worker))
        .hasMessage(
            "task g.t: local work 64 x 64 x 2 is 8192 work items, more than the device's 4096");
  }

  @Test
  void emptyGridsAreAnError() {
    assertThatThrownBy(() -> Grid.of("g.t", new WorkerGrid1D(0)))
        .hasMessageStartingWith("task g.t: global work 0 in dimension 0, expected 1 to");
  }
}
