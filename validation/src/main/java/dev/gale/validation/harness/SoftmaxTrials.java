package dev.gale.validation.harness;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.softmax.Softmax;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.bounds.SoftmaxBound;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.reference.SoftmaxReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** One softmax of one shape on one device, compiled once, tried on any number of cases. */
public final class SoftmaxTrials implements AutoCloseable {

  private final FloatModel model;
  private final SoftmaxShape shape;
  private final Map<String, Object> dimensions = new LinkedHashMap<>();
  private final List<InputCopy> inputs;
  private final List<GuardedBuffer> outputs;
  private final Softmax operator;

  /**
   * @param device where it runs
   * @param variant how
   * @param first a case; those that are tried have its shape
   */
  public SoftmaxTrials(Device device, SoftmaxVariant variant, SoftmaxCase first) {
    model = FloatModel.of(device.info(), variant);
    shape = first.shape();
    InputCopy logits = new InputCopy("logits", first.logits());
    GuardedBuffer probabilities = new GuardedBuffer("probabilities", shape.rows() * shape.cols());
    dimensions.put("rows", shape.rows());
    dimensions.put("cols", shape.cols());
    inputs = List.of(logits);
    outputs = List.of(probabilities);
    operator =
        new Softmax(
            device, variant, shape, PlanOptions.GUARDED, logits.buffer(), probabilities.buffer());
  }

  /**
   * Runs a case.
   *
   * @param repeats how often
   * @param progress told the number of runs done, after each
   * @throws IllegalArgumentException if the case has another shape
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public Trial run(SoftmaxCase softmax, int repeats, IntConsumer progress) {
    TrialRun.requireSame("shape", softmax.shape(), shape);
    TrialRun.load(inputs, softmax.logits());
    List<Expected> expected =
        Expectations.of(softmax, model, () -> List.of(expected(softmax, model)));
    return new TrialRun(
            operator.device(),
            dimensions,
            softmax.seed(),
            inputs,
            TrialRun.outputs(outputs, expected))
        .run(operator, repeats, progress);
  }

  /** What the probabilities must be, by an arithmetic. */
  public static Expected expected(SoftmaxCase softmax, FloatModel model) {
    SoftmaxReference reference = SoftmaxReference.of(softmax);
    return new Expected(
        "probabilities",
        List.of(softmax.shape().rows(), softmax.shape().cols()),
        reference.probabilities(),
        SoftmaxBound.of(softmax, reference, model));
  }

  @Override
  public void close() {
    operator.close();
  }
}
