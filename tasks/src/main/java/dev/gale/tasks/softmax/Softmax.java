package dev.gale.tasks.softmax;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.DeviceFailedException;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.Plan;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Softmax by rows on a device: probabilities[i,j] = exp(logits[i,j] - rowMax[i]) / rowSum[i].
 *
 * <pre>logits -> [softmax] -> probabilities</pre>
 *
 * <p>A row with a NaN or a +infinity is NaN throughout; a row of -infinity alone is 0 throughout, as the output of an
 * attention row that sees no key.
 *
 * <p>Every run copies the logits in (with resident inputs, the first only) and the probabilities out. The buffers stay
 * the caller's.
 */
public final class Softmax implements Operator {

  private final SoftmaxShape shape;
  private final SoftmaxVariant variant;
  private final Plan plan;

  /**
   * @param device where it runs
   * @param variant how, or {@code VariantChoice.softmax(device.info(), shape)}
   * @param shape rows, cols
   * @param logits [rows, cols], read
   * @param probabilities [rows, cols], written; longer by the guard in a guarded plan
   * @throws IllegalArgumentException if a buffer is not as long as the shape says, the two are the same, or the
   *     variant can't run this shape on this device
   * @throws DeviceFailedException if TornadoVM can't make a task of a kernel
   */
  public Softmax(
      Device device,
      SoftmaxVariant variant,
      SoftmaxShape shape,
      PlanOptions options,
      FloatArray logits,
      FloatArray probabilities) {
    Shapes.length("logits", logits, 0, "rows", shape.rows(), "cols", shape.cols());
    Shapes.length(
        "probabilities",
        probabilities,
        options.outputLength(0),
        "rows",
        shape.rows(),
        "cols",
        shape.cols());
    Shapes.ofItsOwn("probabilities", probabilities, logits);
    variant.check("softmax", device.info());
    this.shape = shape;
    this.variant = variant;
    GraphBuilder graph =
        new GraphBuilder("softmax", device, options).inputs(logits).outputs(probabilities);
    graph.append(() -> variant.append(graph, "softmax", shape, logits, probabilities));
    this.plan = graph.build();
  }

  @Override
  public String name() {
    return "softmax";
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
    return shape.cost();
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
