package dev.gale.tasks.layout;

import dev.gale.kernels.layout.SwapMiddleAxes;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Splitting the columns of a projection into heads, and merging heads into columns: one task each. */
public final class Heads {

  private Heads() {}

  /**
   * Adds the task that splits: heads[b,h,i,d] = tokens[b,i,h,d]. The buffers are already declared to the graph.
   *
   * @param graph the graph under construction
   * @param task the task's name, unique in the graph
   * @param shape batchSize, seqLen, numHeads, headDim
   * @param tokens [batchSize, seqLen, numHeads, headDim], read
   * @param heads [batchSize, numHeads, seqLen, headDim], written
   */
  public static void split(
      GraphBuilder graph, String task, HeadsShape shape, FloatArray tokens, FloatArray heads) {
    graph
        .graph()
        .task(
            task,
            SwapMiddleAxes::swap,
            tokens,
            heads,
            shape.batchSize(),
            shape.seqLen(),
            shape.numHeads(),
            shape.headDim());
  }

  /**
   * Adds the task that merges: tokens[b,i,h,d] = heads[b,h,i,d]. The buffers are already declared to the graph.
   *
   * @param graph the graph under construction
   * @param task the task's name, unique in the graph
   * @param shape batchSize, seqLen, numHeads, headDim
   * @param heads [batchSize, numHeads, seqLen, headDim], read
   * @param tokens [batchSize, seqLen, numHeads, headDim], written
   */
  public static void merge(
      GraphBuilder graph, String task, HeadsShape shape, FloatArray heads, FloatArray tokens) {
    graph
        .graph()
        .task(
            task,
            SwapMiddleAxes::swap,
            heads,
            tokens,
            shape.batchSize(),
            shape.numHeads(),
            shape.seqLen(),
            shape.headDim());
  }
}
