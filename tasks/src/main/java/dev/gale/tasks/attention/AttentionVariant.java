package dev.gale.tasks.attention;

import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Variant;

/** One way to compute attention: the tasks it adds to a graph. */
public interface AttentionVariant extends Variant {

  /**
   * Checks that the variant can compute that attention on that device.
   *
   * @throws IllegalArgumentException if it can't, with the reason
   */
  default void check(DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    if (!runsOn(device)) {
      throw new IllegalArgumentException(
          "variant "
              + id()
              + ": attention's "
              + dialect()
              + " kernels do not run on "
              + device.id()
              + " ("
              + device.kind()
              + ")");
    }
  }

  /**
   * Adds the tasks of one attention. The buffers are already declared to the graph, and checked.
   *
   * @param graph the graph under construction
   * @param task prefix of the task names, unique in the graph
   * @param shape the shape
   * @param options scale, causal, mask
   * @param buffers queries, keys, values and mask are read, output and lse written
   */
  void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers);
}
