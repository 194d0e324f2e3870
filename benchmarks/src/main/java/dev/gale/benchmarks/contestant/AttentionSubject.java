package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.work.AttentionWork;
import dev.gale.tasks.attention.Attention;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.SampledRun;
import dev.gale.validation.harness.Verdict;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Attention by a variant. */
record AttentionSubject(
    Device device, AttentionVariant variant, AttentionCase input, FloatArray output, FloatArray lse)
    implements Subject {

  static AttentionSubject of(AttentionWork work, Device device, @Nullable String name, long seed)
      throws AbsentException {
    AttentionShape shape = work.dimensions();
    AttentionOptions options = work.options();
    AttentionVariant variant =
        name == null
            ? VariantChoice.attention(device.info(), shape, options)
            : AttentionVariants.catalogue().byId(name);
    String obstacle = variant.obstacle(device.info(), shape, options);
    if (obstacle != null) {
      throw new AbsentException("variant " + variant.id() + ": " + obstacle);
    }
    return new AttentionSubject(
        device,
        variant,
        AttentionCase.generated(shape, options, seed),
        new FloatArray(shape.outputElements()),
        new FloatArray(shape.lseElements()));
  }

  @Override
  public Operator build(PlanOptions options) {
    AttentionBuffers buffers =
        new AttentionBuffers(
            input.queries(), input.keys(), input.values(), input.mask(), output, lse);
    return new Attention(device, variant, input.shape(), input.options(), options, buffers);
  }

  @Override
  public FloatArray[] outputs() {
    return new FloatArray[] {output, lse};
  }

  @Override
  public Verdict guardedRun(SampledExpectation expectation) {
    return SampledRun.run(device, variant, input, expectation);
  }
}
