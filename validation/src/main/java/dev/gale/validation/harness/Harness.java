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

/**
 * Runs a case on a device and judges every element of every output of every run. Before each run the outputs are filled
 * with NaN; guards behind them and the headers before them show writes outside. A run counts as one only if the
 * profiler shows kernel time.
 */
public final class Harness {

  private static final IntConsumer SILENT = run -> {};

  private Harness() {}

  /**
   * C = A B.
   *
   * @param repeats how often to run; the first run compiles
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public static Trial run(Device device, MatmulVariant variant, MatmulCase matmul, int repeats) {
    return run(device, variant, matmul, repeats, SILENT);
  }

  /** The same, telling how many runs are done. */
  public static Trial run(
      Device device, MatmulVariant variant, MatmulCase matmul, int repeats, IntConsumer progress) {
    FloatModel model = FloatModel.of(device.info());
    GuardedOutput c =
        new GuardedOutput(
            Expectations.of(matmul, model, () -> List.of(expected(matmul, model))).getFirst());
    List<SealedInput> inputs =
        List.of(new SealedInput("a", matmul.a()), new SealedInput("b", matmul.b()));
    MatmulShape shape = matmul.shape();
    TrialRun trial =
        new TrialRun(
            device,
            named("m", shape.m(), "n", shape.n(), "k", shape.k()),
            matmul.seed(),
            inputs,
            List.of(c));
    try (Matmul operator =
        new Matmul(
            device, variant, shape, PlanOptions.GUARDED, matmul.a(), matmul.b(), c.buffer())) {
      return trial.run(operator, repeats, progress);
    }
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

  private static Map<String, Object> named(Object... namesAndSizes) {
    Map<String, Object> shape = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSizes.length; i += 2) {
      shape.put((String) namesAndSizes[i], namesAndSizes[i + 1]);
    }
    return shape;
  }
}
