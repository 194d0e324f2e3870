package dev.gale.models.multihead;

import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Variant;

/** One way to compute multi-head attention: the tasks it adds to a graph. */
public interface MultiHeadVariant extends Variant {

  /**
   * Checks that the variant can compute that layer on that device.
   *
   * @throws IllegalArgumentException if it can't, with the reason
   */
  void check(DeviceInfo device, MultiHeadShape shape, MultiHeadOptions options);

  /**
   * Adds the tasks of one layer. The buffers, weights and activations are already declared to the graph, and checked.
   *
   * @param graph the graph under construction
   * @param task prefix of the task names, unique in the graph
   * @param shape the shape
   * @param options scale, causal, mask, biases
   * @param weights read
   * @param buffers input, memory and mask are read, output written
   * @param activations written, then read
   */
  void append(
      GraphBuilder graph,
      String task,
      MultiHeadShape shape,
      MultiHeadOptions options,
      MultiHeadWeights weights,
      MultiHeadBuffers buffers,
      MultiHeadActivations activations);
}
