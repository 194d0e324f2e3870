package dev.gale.cli.worker;

import dev.gale.cli.npy.NpyException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.work.AttentionWorkload;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.MaskInput;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.choice.ShapeClass;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.Device;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.harness.Trial;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Runs an attention and, when they are wanted, its probabilities. */
final class AttentionRunner {

  private AttentionRunner() {}

  static OperatorTrial run(
      Device device, Job job, AttentionWorkload attention, JobProgress progress)
      throws NpyException {
    Variants.Chosen<AttentionVariant> chosen =
        Variants.choose(
            device,
            job.variant(),
            AttentionVariants.catalogue(),
            ShapeClass.of(attention.shape()),
            info -> VariantChoice.attention(info, attention.shape(), attention.options()));
    AttentionCase toRun = input(attention);
    Trial trial = Harness.run(device, chosen.variant(), toRun, job.repeats() + 1, progress);
    Trial weights = null;
    FloatArray lse = trial.outputs().get("lse");
    if (attention.weights() && trial.verdict().passed() && lse != null) {
      progress.onDevice("computing the weights");
      weights = Harness.probabilities(device, toRun, lse);
    }
    return new OperatorTrial(trial, chosen.reason(), weights);
  }

  private static AttentionCase input(AttentionWorkload attention) throws NpyException {
    AttentionOptions options = attention.options();
    NpyInput maskFile = attention.mask();
    FloatArray mask =
        maskFile == null
            ? AttentionBuffers.noMask()
            : MaskInput.expand(maskFile, attention.shape(), options.maskHeads());
    AttentionWorkload.Input input = attention.input();
    if (input != null) {
      return new AttentionCase(
          attention.shape(),
          options,
          input.queries().read(),
          input.keys().read(),
          input.values().read(),
          mask);
    }
    AttentionCase generated =
        AttentionCase.generated(attention.shape(), options.withMaskHeads(0), attention.seed());
    return new AttentionCase(
        attention.shape(),
        options,
        generated.queries(),
        generated.keys(),
        generated.values(),
        mask,
        generated.seed());
  }
}
