package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.work.SoftmaxWork;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.softmax.Softmax;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.SampledRun;
import dev.gale.validation.harness.Verdict;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Softmax by rows by a variant. */
record SoftmaxSubject(
    Device device, SoftmaxVariant variant, SoftmaxCase input, FloatArray probabilities)
    implements Subject {

  static SoftmaxSubject of(SoftmaxWork work, Device device, @Nullable String name, long seed)
      throws AbsentException {
    SoftmaxShape shape = work.dimensions();
    SoftmaxVariant variant =
        name == null
            ? VariantChoice.softmax(device.info(), shape)
            : SoftmaxVariants.catalogue().byId(name);
    Runs.check(variant, device);
    return new SoftmaxSubject(
        device,
        variant,
        SoftmaxCase.generated(shape, seed),
        new FloatArray(shape.rows() * shape.cols()));
  }

  @Override
  public Operator build(PlanOptions options) {
    return new Softmax(device, variant, input.shape(), options, input.logits(), probabilities);
  }

  @Override
  public FloatArray[] outputs() {
    return new FloatArray[] {probabilities};
  }

  @Override
  public Verdict guardedRun(SampledExpectation expectation) {
    return SampledRun.run(device, variant, input, expectation);
  }
}
