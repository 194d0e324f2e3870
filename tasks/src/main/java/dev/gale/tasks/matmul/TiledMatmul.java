package dev.gale.tasks.matmul;

import dev.gale.kernels.matmul.MatmulTiled;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link MatmulTiled}: one task, one element of C a work item, tiles of A and B in local memory. */
public final class TiledMatmul implements MatmulVariant {

  @Override
  public String id() {
    return "tiled";
  }

  @Override
  public Dialect dialect() {
    return Dialect.WORK_GROUP;
  }

  @Override
  public boolean runsOn(DeviceInfo device) {
    return dialect().runsOn(device)
        && device.maxWorkGroupSize() >= MatmulTiled.TILE * MatmulTiled.TILE
        && device.localMemoryBytes() >= 2L * Float.BYTES * MatmulTiled.TILE * MatmulTiled.TILE;
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      MatmulShape shape,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    WorkerGrid grid = new WorkerGrid2D(wholeTiles(shape.n()), wholeTiles(shape.m()));
    grid.setLocalWork(MatmulTiled.TILE, MatmulTiled.TILE, 1);
    graph.grid(task, grid);
    graph
        .graph()
        .task(
            task,
            MatmulTiled::matmul,
            new KernelContext(),
            a,
            b,
            c,
            shape.m(),
            shape.n(),
            shape.k());
  }

  private static int wholeTiles(int elements) {
    return Math.ceilDiv(elements, MatmulTiled.TILE) * MatmulTiled.TILE;
  }
}
