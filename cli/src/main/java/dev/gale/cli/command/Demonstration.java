package dev.gale.cli.command;

import dev.gale.cli.work.AttentionWorkload;
import dev.gale.cli.work.Job;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariants;
import java.util.List;

/** What a bare {@code gale run} computes: the two samples, and a large generated attention, causal and not. */
final class Demonstration {

  private static final int HEADS = 8;
  private static final int SEQ_LEN = 1024;
  private static final int HEAD_DIM = 64;
  private static final int REPEATS = 10;

  private final RunOptions options;
  private final Samples samples;

  Demonstration(RunOptions options, Samples samples) {
    this.options = options;
    this.samples = samples;
  }

  List<Job> jobs() {
    Checks.variant(options, AttentionVariants.catalogue());
    return List.of(
        sample("one query over three words (samples/dot-product)", "dot-product"),
        sample("weights of one query over two keys (samples/weights)", "weights"),
        large("generated, seed " + options.seedOrDefault(), false),
        large("generated, seed " + options.seedOrDefault() + ", causal", true));
  }

  private Job sample(String title, String name) {
    AttentionWorkload.Input input = samples.attention(name);
    AttentionShape shape = AttentionFiles.shape(input);
    return job(
        title, new AttentionWorkload(shape, AttentionOptions.of(shape), input, null, true, 0));
  }

  private Job large(String title, boolean causal) {
    AttentionShape shape = AttentionShape.self(1, HEADS, SEQ_LEN, HEAD_DIM);
    AttentionOptions attention = AttentionOptions.of(shape).withCausal(causal);
    return job(
        title, new AttentionWorkload(shape, attention, null, null, false, options.seedOrDefault()));
  }

  private Job job(String title, AttentionWorkload workload) {
    return new Job(title, workload, options.variant, Checks.or(options.repeat, REPEATS), List.of());
  }
}
