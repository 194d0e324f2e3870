package dev.gale.cli.worker;

import dev.gale.cli.npy.NpyException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.SoftmaxWorkload;
import dev.gale.tasks.choice.ShapeClass;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.Harness;

/** Runs a softmax by rows. */
final class SoftmaxRunner {

  private SoftmaxRunner() {}

  static OperatorTrial run(Device device, Job job, SoftmaxWorkload softmax, JobProgress progress)
      throws NpyException {
    Variants.Chosen<SoftmaxVariant> chosen =
        Variants.choose(
            device,
            job.variant(),
            SoftmaxVariants.catalogue(),
            ShapeClass.of(softmax.shape()),
            info -> VariantChoice.softmax(info, softmax.shape()));
    NpyInput input = softmax.input();
    SoftmaxCase toRun =
        input == null
            ? SoftmaxCase.generated(softmax.shape(), softmax.seed())
            : new SoftmaxCase(softmax.shape(), input.read());
    return new OperatorTrial(
        Harness.run(device, chosen.variant(), toRun, job.repeats() + 1, progress),
        chosen.reason(),
        null);
  }
}
