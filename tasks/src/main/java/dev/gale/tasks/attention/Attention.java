package dev.gale.tasks.attention;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.Plan;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;

/**
 * Scaled dot-product attention on a device: output = softmax(scale queries keys^T + mask) values.
 *
 * <pre>queries, keys, values, mask -> [attention] -> output, lse</pre>
 *
 * <p>A query that sees no key gives output 0 and lse -infinity. NaN in a visible key, value or query makes that row's
 * results NaN; in an invisible one it changes nothing. See {@code dev.gale.kernels.attention} for the rest of the
 * special cases.
 *
 * <p>Every run copies queries, keys, values and mask in (with resident inputs, the first only), and output and lse out.
 * The buffers stay the caller's.
 */
public final class Attention implements Operator {

  private final AttentionShape shape;
  private final AttentionOptions options;
  private final AttentionVariant variant;
  private final Plan plan;

  /**
   * @param device where it runs
   * @param variant how, or {@code VariantChoice.attention(device.info(), shape, options)}
   * @param shape batch, heads, lengths
   * @param options scale, causal, mask
   * @param planOptions how the buffers are treated
   * @param buffers queries, keys, values and mask are read, output and lse written; these two are longer by the guard in
   *     a guarded plan
   * @throws IllegalArgumentException if a buffer is not as long as the shape and the options say, maskHeads does not fit
   *     the shape, a written buffer is another one as well, or the variant can't run this shape on this device
   */
  public Attention(
      Device device,
      AttentionVariant variant,
      AttentionShape shape,
      AttentionOptions options,
      PlanOptions planOptions,
      AttentionBuffers buffers) {
    AttentionChecks.buffers(shape, options, planOptions, buffers);
    variant.check(device.info(), shape, options);
    this.shape = shape;
    this.options = options;
    this.variant = variant;
    GraphBuilder graph =
        new GraphBuilder("attention", device, planOptions)
            .inputs(buffers.queries(), buffers.keys(), buffers.values(), buffers.mask())
            .outputs(buffers.output(), buffers.lse());
    graph.append(() -> variant.append(graph, "attention", shape, options, buffers));
    this.plan = graph.build();
  }

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public String variant() {
    return variant.id();
  }

  @Override
  public Device device() {
    return plan.device();
  }

  @Override
  public Cost cost() {
    return shape.cost(options);
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
