package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class KernelContextTaskTest {

  static void writeIds(KernelContext context, IntArray out, int width) {
    out.set(
        context.globalIdy * width + context.globalIdx,
        context.groupIdy * 1000
            + context.groupIdx * 100
            + context.localIdy * 10
            + context.localIdx);
  }

  static void sumGroup(KernelContext context, IntArray in, IntArray out) {
    int[] tile = context.allocateIntLocalArray(64);
    int local = context.localIdx;
    tile[local] = in.get(context.globalIdx);
    for (int stride = context.localGroupSizeX / 2; stride > 0; stride /= 2) {
      context.localBarrier();
      if (local < stride) {
        tile[local] += tile[local + stride];
      }
    }
    if (local == 0) {
      out.set(context.groupIdx, tile[0]);
    }
  }

  static void sumGroupWithoutBarrier(KernelContext context, IntArray in, IntArray out) {
    int[] tile = context.allocateIntLocalArray(64);
    int local = context.localIdx;
    tile[local] = in.get(context.globalIdx);
    for (int stride = context.localGroupSizeX / 2; stride > 0; stride /= 2) {
      if (local < stride) {
        tile[local] += tile[local + stride];
      }
    }
    if (local == 0) {
      out.set(context.groupIdx, tile[0]);
    }
  }

  static void halfTheGroupWaits(KernelContext context, IntArray out) {
    if (context.localIdx < 32) {
      context.localBarrier();
    }
    out.set(context.globalIdx, 1);
  }

  static void countAtomically(KernelContext context, IntArray counter) {
    context.atomicAdd(counter, 0, 1);
  }

  private static void run(TaskGraph graph, WorkerGrid grid) throws Exception {
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withGridScheduler(new GridScheduler("s0.t0", grid)).execute();
    }
  }

  private static WorkerGrid grid1d(int global, int local) {
    WorkerGrid grid = new WorkerGrid1D(global);
    grid.setLocalWork(local, 1, 1);
    return grid;
  }

  private static IntArray ramp(int n) {
    IntArray array = new IntArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, i);
    }
    return array;
  }

  @Test
  void everyItemSeesItsIndices_whenTheGridHasTwoDimensions() throws Exception {
    int width = 8;
    int height = 6;
    IntArray out = new IntArray(width * height);
    WorkerGrid grid = new WorkerGrid2D(width, height);
    grid.setLocalWork(4, 3, 1);

    run(
        new TaskGraph("s0")
            .task("t0", KernelContextTaskTest::writeIds, new KernelContext(), out, width)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out),
        grid);

    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(out.get(y * width + x))
            .isEqualTo(y / 3 * 1000 + x / 4 * 100 + y % 3 * 10 + x % 4);
      }
    }
  }

  @Test
  void sumsEachGroup_whenItemsMeetAtBarriers() throws Exception {
    IntArray in = ramp(64 * 50);
    IntArray out = new IntArray(50);

    run(
        new TaskGraph("s0")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t0", KernelContextTaskTest::sumGroup, new KernelContext(), in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out),
        grid1d(64 * 50, 64));

    for (int group = 0; group < 50; group++) {
      assertThat(out.get(group)).isEqualTo(64 * 64 * group + 63 * 64 / 2);
    }
  }

  @Test
  void missingBarrierShows_whenItemsReadWhatOthersHaveNotWritten() throws Exception {
    IntArray in = ramp(64);
    IntArray out = new IntArray(1);

    run(
        new TaskGraph("s0")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
            .task("t0", KernelContextTaskTest::sumGroupWithoutBarrier, new KernelContext(), in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out),
        grid1d(64, 64));

    assertThat(out.get(0)).isNotEqualTo(63 * 64 / 2);
  }

  @Test
  void divergentBarrierIsAnError_whenOnlySomeItemsReachIt() {
    IntArray out = new IntArray(64);
    TaskGraph graph =
        new TaskGraph("s0")
            .task("t0", KernelContextTaskTest::halfTheGroupWaits, new KernelContext(), out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);

    assertThatThrownBy(() -> run(graph, grid1d(64, 64)))
        .hasMessageContaining("task s0.t0")
        .hasMessageContaining("work group (0, 0, 0): localBarrier in line ")
        .hasMessageContaining(
            "is reached by 32 of its 64 work items; work item (0, 0, 0) waits there,"
                + " work item (32, 0, 0) has reached its end");
  }

  @Test
  void noIncrementIsLost_whenAllItemsAddAtomically() throws Exception {
    IntArray counter = new IntArray(1);

    run(
        new TaskGraph("s0")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, counter)
            .task("t0", KernelContextTaskTest::countAtomically, new KernelContext(), counter)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, counter),
        grid1d(1 << 16, 128));

    assertThat(counter.get(0)).isEqualTo(1 << 16);
  }

  @Test
  void missingWorkerGridIsAnError_whenAKernelUsesKernelContext() {
    IntArray counter = new IntArray(1);
    TaskGraph graph =
        new TaskGraph("s0")
            .task("t0", KernelContextTaskTest::countAtomically, new KernelContext(), counter);

    assertThatThrownBy(
            () -> {
              try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.execute();
              }
            })
        .hasMessageContaining("task s0.t0: uses KernelContext and needs a worker grid");
  }
}
