package dev.gale.cli.worker;

import dev.gale.cli.npy.NpyException;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.MatmulWorkload;
import dev.gale.tasks.choice.ShapeClass;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.harness.Harness;

/** Runs a matmul. */
final class MatmulRunner {

  private MatmulRunner() {}

  static OperatorTrial run(Device device, Job job, MatmulWorkload matmul, JobProgress progress)
      throws NpyException {
    Variants.Chosen<MatmulVariant> chosen =
        Variants.choose(
            device,
            job.variant(),
            MatmulVariants.catalogue(),
            ShapeClass.of(matmul.shape()),
            info -> VariantChoice.matmul(info, matmul.shape()));
    MatmulWorkload.Input input = matmul.input();
    MatmulCase toRun =
        input == null
            ? MatmulCase.generated(matmul.shape(), matmul.seed())
            : new MatmulCase(matmul.shape(), input.a().read(), input.b().read());
    return new OperatorTrial(
        Harness.run(device, chosen.variant(), toRun, job.repeats() + 1, progress),
        chosen.reason(),
        null);
  }
}
