package dev.gale.models.multihead;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.Plan;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention on a device, as one task graph (Vaswani et al. 2017, section 3.2.2): self-attention where the
 * memory is the input, cross-attention otherwise. Causal, masked, with grouped queries and values of another size than
 * keys, as {@link dev.gale.tasks.attention.Attention} is.
 *
 * <pre>input, memory -> [projections] -> [attention] -> [output projection] -> output</pre>
 *
 * <p>Weights are copied to the device by the first run only: later changes of them are not seen. Every run copies input,
 * memory and mask in (with resident inputs, the first only) and the output out. What passes between the projections and
 * the attention stays on the device. The buffers stay the caller's.
 */
public final class MultiHeadAttention implements Operator {

  private final String variant;
  private final Cost cost;
  private final Plan plan;

  /**
   * A layer whose activations stay on the device.
   *
   * @param device where it runs
   * @param variant how, or {@code ComposedMultiHead.auto(device.info(), shape, options)}
   * @param shape lengths, dimensions, heads
   * @param options scale, causal, mask, biases
   * @param planOptions how the buffers are treated
   * @param weights read
   * @param buffers input, memory and mask are read, output written; it is longer by the guard in a guarded plan
   * @throws IllegalArgumentException if a buffer or weight is not as long as the shape and the options say, a bias is
   *     there or missing against the options, the output is another buffer as well, or the variant can't run this shape
   *     on this device
   * @throws dev.gale.tasks.plan.DeviceFailedException if TornadoVM refuses a kernel
   */
  public MultiHeadAttention(
      Device device,
      MultiHeadVariant variant,
      MultiHeadShape shape,
      MultiHeadOptions options,
      PlanOptions planOptions,
      MultiHeadWeights weights,
      MultiHeadBuffers buffers) {
    this(device, variant, shape, options, planOptions, weights, buffers, null);
  }

  /**
   * A layer that copies its activations back after each run.
   *
   * @param activations written; longer by the guard in a guarded plan
   * @throws IllegalArgumentException as the other constructor, or if an activation is not as long as the shape says
   */
  public MultiHeadAttention(
      Device device,
      MultiHeadVariant variant,
      MultiHeadShape shape,
      MultiHeadOptions options,
      PlanOptions planOptions,
      MultiHeadWeights weights,
      MultiHeadBuffers buffers,
      @Nullable MultiHeadActivations activations) {
    buffers.check(shape, options, planOptions, weights);
    weights.check(shape, options);
    variant.check(device.info(), shape, options);
    this.variant = variant.id();
    this.cost = shape.cost(options, buffers.isSelf());
    GraphBuilder graph = new GraphBuilder("multihead", device, planOptions);
    graph.constants(weights.arrays().toArray());
    if (buffers.isSelf()) {
      graph.inputs(buffers.input(), buffers.mask());
    } else {
      graph.inputs(buffers.input(), buffers.memory(), buffers.mask());
    }
    graph.outputs(buffers.output());
    if (activations != null) {
      activations.check(shape, planOptions);
      graph.outputs(
          activations.queries(), activations.keys(), activations.values(), activations.heads());
    }
    MultiHeadActivations within =
        activations == null ? MultiHeadActivations.in(graph, shape) : activations;
    graph.append(
        () -> variant.append(graph, "multihead", shape, options, weights, buffers, within));
    this.plan = graph.build();
  }

  @Override
  public String name() {
    return "multihead";
  }

  @Override
  public String variant() {
    return variant;
  }

  @Override
  public Device device() {
    return plan.device();
  }

  @Override
  public Cost cost() {
    return cost;
  }

  @Override
  public RunReport run() {
    return plan.run();
  }

  @Override
  public RunReport runProfiled() {
    return plan.runProfiled();
  }

  @Override
  public void fetch() {
    plan.fetch();
  }

  @Override
  public void close() {
    plan.close();
  }
}
