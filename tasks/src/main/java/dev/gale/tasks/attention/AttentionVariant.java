package dev.gale.tasks.attention;

import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Variant;
import org.jspecify.annotations.Nullable;

/** One way to compute attention: the tasks it adds to a graph. */
public interface AttentionVariant extends Variant {

  /**
   * Why the variant can't compute that attention on that device; null if it can.
   *
   * @return what stands in the way, as the end of a sentence that begins with the variant's name
   */
  default @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    return runsOn(device)
        ? null
        : dialect() + " kernels do not run on " + device.id() + " (" + device.kind() + ")";
  }

  /**
   * Checks that the variant can compute that attention on that device.
   *
   * @throws IllegalArgumentException if it can't, with the obstacle
   */
  default void check(DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    String obstacle = obstacle(device, shape, options);
    if (obstacle != null) {
      throw new IllegalArgumentException("variant " + id() + " of attention: " + obstacle);
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
