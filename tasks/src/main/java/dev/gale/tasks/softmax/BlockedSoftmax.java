package dev.gale.tasks.softmax;

import dev.gale.kernels.softmax.SoftmaxBlocked;
import dev.gale.kernels.softmax.SoftmaxLongRows;
import dev.gale.kernels.softmax.SoftmaxWholeVectors;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One task: {@link SoftmaxWholeVectors}, blocks of rows a work item, where rows are whole vectors of 16, {@link
 * SoftmaxLongRows} where they are long besides; otherwise {@link SoftmaxBlocked}, one row a work item.
 */
public final class BlockedSoftmax implements SoftmaxVariant {

  /** Elements of a work-group's rows, or more: some microseconds of work. */
  private static final int GROUP_ELEMENTS = 4096;

  /** Elements of a work item's rows, which share what is done once an item: the pass for its first row's maximum, or the look at a sample of it. */
  private static final int ITEM_ELEMENTS = 1 << 17;

  /** Work items a core, so that cores that finish early find more to do. */
  private static final int ITEMS_PER_CORE = 4;

  @Override
  public String id() {
    return "blocked";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  @Override
  public boolean exponentialsInLanes() {
    return true;
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      SoftmaxShape shape,
      FloatArray logits,
      FloatArray probabilities) {
    int rows = shape.rows();
    int cols = shape.cols();
    if (cols % SoftmaxWholeVectors.LANES != 0) {
      graph.graph().task(task, SoftmaxBlocked::softmax, logits, probabilities, rows, cols);
      graph.groups(task, Math.max(1, GROUP_ELEMENTS / cols), rows);
      return;
    }
    int most = Math.max(1, rows / (ITEMS_PER_CORE * graph.device().info().computeUnits()));
    int rowsPerItem = Math.clamp(ITEM_ELEMENTS / cols, 1, most);
    if (cols >= SoftmaxLongRows.LEAST_COLS) {
      graph
          .graph()
          .task(task, SoftmaxLongRows::softmax, logits, probabilities, rows, cols, rowsPerItem);
    } else {
      graph
          .graph()
          .task(task, SoftmaxWholeVectors::softmax, logits, probabilities, rows, cols, rowsPerItem);
    }
    graph.wholeStores();
    graph.groups(task, 1, Math.ceilDiv(rows, rowsPerItem));
  }
}
