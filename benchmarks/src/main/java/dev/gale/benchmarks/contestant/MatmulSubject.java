package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.work.MatmulWork;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.Matmul;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.SampledRun;
import dev.gale.validation.harness.Verdict;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** C = A B by a variant. */
record MatmulSubject(Device device, MatmulVariant variant, MatmulCase input, FloatArray c)
    implements Subject {

  static MatmulSubject of(MatmulWork work, Device device, @Nullable String name, long seed)
      throws AbsentException {
    MatmulShape shape = work.dimensions();
    MatmulVariant variant =
        name == null
            ? VariantChoice.matmul(device.info(), shape)
            : MatmulVariants.catalogue().byId(name);
    Runs.check(variant, device);
    return new MatmulSubject(
        device, variant, MatmulCase.generated(shape, seed), new FloatArray(shape.m() * shape.n()));
  }

  @Override
  public Operator build(PlanOptions options) {
    return new Matmul(device, variant, input.shape(), options, input.a(), input.b(), c);
  }

  @Override
  public FloatArray[] outputs() {
    return new FloatArray[] {c};
  }

  @Override
  public Verdict guardedRun(SampledExpectation expectation) {
    return SampledRun.run(device, variant, input, expectation);
  }
}
