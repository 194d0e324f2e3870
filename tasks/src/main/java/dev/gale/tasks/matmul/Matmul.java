package dev.gale.tasks.matmul;

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
 * C[m,n] = A[m,k] B[k,n] on a device.
 *
 * <pre>a, b -> [matmul] -> c</pre>
 *
 * <p>Every run copies A and B in (with resident inputs, the first only) and C out. The buffers stay the caller's.
 */
public final class Matmul implements Operator {

  private final MatmulShape shape;
  private final MatmulVariant variant;
  private final Plan plan;

  /**
   * @param device where it runs
   * @param variant how, or {@code VariantChoice.matmul(device.info(), shape)}
   * @param shape m, n, k
   * @param a [m, k], read
   * @param b [k, n], read
   * @param c [m, n], written; longer by the guard in a guarded plan
   * @throws IllegalArgumentException if a buffer is not as long as the shape says, c is a or b, or the variant can't
   *     run this shape on this device
   * @throws DeviceFailedException if TornadoVM can't make a task of a kernel
   */
  public Matmul(
      Device device,
      MatmulVariant variant,
      MatmulShape shape,
      PlanOptions options,
      FloatArray a,
      FloatArray b,
      FloatArray c) {
    Shapes.length("a", a, 0, "m", shape.m(), "k", shape.k());
    Shapes.length("b", b, 0, "k", shape.k(), "n", shape.n());
    Shapes.length("c", c, options.outputLength(0), "m", shape.m(), "n", shape.n());
    Shapes.ofItsOwn("c", c, a, b);
    variant.check("matmul", device.info());
    this.shape = shape;
    this.variant = variant;
    GraphBuilder graph = new GraphBuilder("matmul", device, options).inputs(a, b).outputs(c);
    // What is stored by vectors is read by single lanes only long after, or for the last terms.
    graph.wholeStores();
    graph.append(() -> variant.append(graph, "matmul", shape, a, b, c));
    this.plan = graph.build();
  }

  @Override
  public String name() {
    return "matmul";
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
