package dev.gale.tasks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.WorkerGrid;

final class LoopGroupsTest {

  @ParameterizedTest
  @CsvSource({
    "2, 64, 4096, 64",
    "2, 64, 4099, 1",
    "2, 64, 96, 12",
    "2, 64, 7, 1",
    "2, 1, 4096, 1",
    "64, 64, 1024, 4",
    "1, 64, 1, 1"
  })
  void divideTheLoopAndKeepEveryCoreBusy(int cores, int most, int items, long local) {
    WorkerGrid grid = LoopGroups.of(cores, most, items);
    assertThat(grid.getGlobalWork()).startsWith(items);
    assertThat(grid.getLocalWork()).startsWith(local);
  }

  @ParameterizedTest
  @CsvSource({"2, 8, 12, 100, 6", "2, 8, 16, 2, 4", "2, 64, 3, 1000, 3"})
  void cutTheOuterOfTwoLoops(int cores, int most, int outer, int inner, long local) {
    WorkerGrid grid = LoopGroups.of(cores, most, outer, inner);
    assertThat(grid.getGlobalWork()).startsWith(outer, inner);
    assertThat(grid.getLocalWork()).startsWith(local, 1);
  }
}
