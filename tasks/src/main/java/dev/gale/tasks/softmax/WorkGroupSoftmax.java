package dev.gale.tasks.softmax;

import dev.gale.kernels.softmax.SoftmaxWorkGroup;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link SoftmaxWorkGroup}: one task, one row a work-group. */
public final class WorkGroupSoftmax implements SoftmaxVariant {

  @Override
  public String id() {
    return "work-group";
  }

  @Override
  public Dialect dialect() {
    return Dialect.WORK_GROUP;
  }

  @Override
  public boolean runsOn(DeviceInfo device) {
    return dialect().runsOn(device)
        && device.maxWorkGroupSize() >= SoftmaxWorkGroup.GROUP
        && device.localMemoryBytes() >= (long) Float.BYTES * SoftmaxWorkGroup.GROUP;
  }

  /**
   * @throws IllegalArgumentException if there are so many rows that their work items can't be counted with 32 bits
   */
  @Override
  public void append(
      GraphBuilder graph,
      String task,
      SoftmaxShape shape,
      FloatArray logits,
      FloatArray probabilities) {
    WorkerGrid grid =
        new WorkerGrid1D(
            Shapes.elements("work items", "rows", shape.rows(), "group", SoftmaxWorkGroup.GROUP));
    grid.setLocalWork(SoftmaxWorkGroup.GROUP, 1, 1);
    graph.grid(task, grid);
    graph
        .graph()
        .task(
            task,
            SoftmaxWorkGroup::softmax,
            new KernelContext(),
            logits,
            probabilities,
            shape.cols());
  }
}
