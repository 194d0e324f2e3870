package dev.gale.validation.harness;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.Matmul;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.bounds.MatmulBound;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.reference.MatmulReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** One matmul of one shape on one device, compiled once, tried on any number of cases. */
public final class MatmulTrials implements AutoCloseable {

  private final FloatModel model;
  private final MatmulShape shape;
  private final Map<String, Object> dimensions = new LinkedHashMap<>();
  private final List<InputCopy> inputs;
  private final List<GuardedBuffer> outputs;
  private final Matmul operator;

  /**
   * @param device where it runs
   * @param variant how
   * @param first a case; those that are tried have its shape
   */
  public MatmulTrials(Device device, MatmulVariant variant, MatmulCase first) {
    model = FloatModel.of(device.info(), variant);
    shape = first.shape();
    InputCopy a = new InputCopy("a", first.a());
    InputCopy b = new InputCopy("b", first.b());
    GuardedBuffer c = new GuardedBuffer("c", shape.m() * shape.n());
    dimensions.put("m", shape.m());
    dimensions.put("n", shape.n());
    dimensions.put("k", shape.k());
    inputs = List.of(a, b);
    outputs = List.of(c);
    operator =
        new Matmul(device, variant, shape, PlanOptions.GUARDED, a.buffer(), b.buffer(), c.buffer());
  }

  /**
   * Runs a case.
   *
   * @param repeats how often
   * @param progress told the number of runs done, after each
   * @throws IllegalArgumentException if the case has another shape
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public Trial run(MatmulCase matmul, int repeats, IntConsumer progress) {
    TrialRun.requireSame("shape", matmul.shape(), shape);
    TrialRun.load(inputs, matmul.a(), matmul.b());
    List<Expected> expected =
        Expectations.of(matmul, model, () -> List.of(expected(matmul, model)));
    return new TrialRun(
            operator.device(),
            dimensions,
            matmul.seed(),
            inputs,
            TrialRun.outputs(outputs, expected))
        .run(operator, repeats, progress);
  }

  /** What C must be, by an arithmetic. */
  public static Expected expected(MatmulCase matmul, FloatModel model) {
    MatmulReference reference = MatmulReference.of(matmul);
    return new Expected(
        "c",
        List.of(matmul.shape().m(), matmul.shape().n()),
        reference.product(),
        MatmulBound.of(matmul, reference, model));
  }

  @Override
  public void close() {
    operator.close();
  }
}
