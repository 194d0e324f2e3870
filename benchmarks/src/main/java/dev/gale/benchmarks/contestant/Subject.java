package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.work.AttentionWork;
import dev.gale.benchmarks.work.MatmulWork;
import dev.gale.benchmarks.work.SoftmaxWork;
import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.Variant;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.Verdict;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A variant of an operator with buffers, ready to be built and judged. */
public sealed interface Subject permits AttentionSubject, MatmulSubject, SoftmaxSubject {

  /** The variant. */
  Variant variant();

  /** The operator over the subject's buffers. */
  Operator build(PlanOptions options);

  /** The output buffers of what {@link #build} built. */
  FloatArray[] outputs();

  /** Runs once over outputs that are filled with NaN and guarded, and judges that. */
  Verdict guardedRun(SampledExpectation expectation);

  /**
   * A work on a device.
   *
   * @param variant the variant's name; null for the one that suits the device and the shape
   * @param seed of the input
   * @throws AbsentException if that variant does not run there
   * @throws IllegalArgumentException if the operator has no such variant
   */
  static Subject of(Work work, Device device, @Nullable String variant, long seed)
      throws AbsentException {
    return switch (work) {
      case MatmulWork matmul -> MatmulSubject.of(matmul, device, variant, seed);
      case SoftmaxWork softmax -> SoftmaxSubject.of(softmax, device, variant, seed);
      case AttentionWork attention -> AttentionSubject.of(attention, device, variant, seed);
    };
  }
}
