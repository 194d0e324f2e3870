package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.npy.NpyInput.Types;
import dev.gale.cli.picture.Fonts;
import dev.gale.cli.work.AttentionWorkload;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.MaskInput;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.shape.Shapes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gale run attention}. */
@Command(
    name = "attention",
    description = {
      "output = softmax(scale queries keys^T + mask) values.",
      "Reads .npy files (fp32; 2-d: one head, 3-d: heads, 4-d: batch and heads), or generates its input."
    })
final class AttentionCommand implements Callable<Integer> {

  private static final int GENERATED_DIMENSIONS = 4;

  private final RunCommand run;

  @Option(names = "--queries", paramLabel = "Q.npy", description = "Queries, read.")
  private @Nullable Path queries;

  @Option(names = "--keys", paramLabel = "K.npy", description = "Keys, read.")
  private @Nullable Path keys;

  @Option(names = "--values", paramLabel = "V.npy", description = "Values, read.")
  private @Nullable Path values;

  @Option(
      names = "--mask",
      paramLabel = "M.npy",
      description =
          "Added to the scaled scores (fp32), or what is visible (bool). Broadcast over heads.")
  private @Nullable Path mask;

  @Option(names = "--output", paramLabel = "O.npy", description = "Output, written.")
  private @Nullable Path output;

  @Option(
      names = "--lse",
      paramLabel = "L.npy",
      description = "Natural logarithm of the sum of the exponentiated scores, written.")
  private @Nullable Path lse;

  @Option(
      names = "--weights",
      paramLabel = "W.png|W.npy",
      description = "Attention probabilities, drawn as a heat map or written.")
  private @Nullable Path weights;

  @Option(names = "--batch", paramLabel = "N", description = "batchSize (default 1).")
  private @Nullable Integer batch;

  @Option(names = "--heads", paramLabel = "N", description = "numHeads (default 8).")
  private @Nullable Integer heads;

  @Option(names = "--kv-heads", paramLabel = "N", description = "numKvHeads (default: numHeads).")
  private @Nullable Integer kvHeads;

  @Option(
      names = "--seq-len",
      paramLabel = "N",
      description = "seqLenQ and seqLenK (default 1024).")
  private @Nullable Integer seqLen;

  @Option(names = "--seq-len-q", paramLabel = "N", description = "seqLenQ.")
  private @Nullable Integer seqLenQ;

  @Option(names = "--seq-len-k", paramLabel = "N", description = "seqLenK.")
  private @Nullable Integer seqLenK;

  @Option(names = "--head-dim", paramLabel = "N", description = "headDim (default 64).")
  private @Nullable Integer headDim;

  @Option(names = "--head-dim-v", paramLabel = "N", description = "headDimV (default: headDim).")
  private @Nullable Integer headDimV;

  @Option(
      names = "--causal",
      description = "Query i sees key j only when j <= i + seqLenK - seqLenQ.")
  private boolean causal;

  @Option(names = "--scale", paramLabel = "X", description = "Default 1/sqrt(headDim).")
  private @Nullable Float scale;

  AttentionCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() {
    RunOptions options = run.options();
    Checks.variant(options, AttentionVariants.catalogue());
    AttentionWorkload.Input input = input(options);
    AttentionShape shape = input == null ? generatedShape() : AttentionFiles.shape(input);
    NpyInput maskFile = mask == null ? null : Checks.file("mask", mask, Types.FLOATS_OR_VISIBILITY);
    AttentionWorkload workload =
        new AttentionWorkload(
            shape,
            attentionOptions(shape, maskFile),
            input,
            maskFile,
            weights != null,
            options.seedOrDefault());
    int dimensions = input == null ? GENERATED_DIMENSIONS : input.queries().dimensions();
    try (Outputs outputs = new Outputs()) {
      reserve(outputs, shape, dimensions);
      outputs.checkAgainst(workload.files());
      return run.execute(
          new Job(null, workload, options.variant, options.repeats(), outputs.files()), outputs);
    }
  }

  private void reserve(Outputs outputs, AttentionShape shape, int dimensions) {
    int rows = shape.seqLenQ();
    outputs.add(
        "--output",
        "output",
        output,
        AttentionFiles.outputShape(shape, dimensions, rows, shape.headDimV()),
        ".npy");
    outputs.add("--lse", "lse", lse, AttentionFiles.outputShape(shape, dimensions, rows), ".npy");
    if (weights != null) {
      Checks.shape(() -> weightsElements(shape));
      if (weights.toString().endsWith(".png")) {
        Fonts.check("--weights: " + weights);
      }
    }
    outputs.add(
        "--weights",
        "weights",
        weights,
        AttentionFiles.outputShape(shape, dimensions, rows, shape.seqLenK()),
        ".png",
        ".npy");
  }

  private AttentionWorkload.@Nullable Input input(RunOptions options) {
    Map<String, @Nullable Path> files = new LinkedHashMap<>();
    files.put("--queries", queries);
    files.put("--keys", keys);
    files.put("--values", values);
    if (!Checks.together(files) || queries == null || keys == null || values == null) {
      return null;
    }
    Map<String, @Nullable Object> sizes = new LinkedHashMap<>();
    sizes.put("--batch", batch);
    sizes.put("--heads", heads);
    sizes.put("--kv-heads", kvHeads);
    sizes.put("--seq-len", seqLen);
    sizes.put("--seq-len-q", seqLenQ);
    sizes.put("--seq-len-k", seqLenK);
    sizes.put("--head-dim", headDim);
    sizes.put("--head-dim-v", headDimV);
    sizes.put("--seed", options.seed);
    Checks.notWithFiles(sizes);
    return new AttentionWorkload.Input(
        Checks.file("queries", queries, Types.FLOATS),
        Checks.file("keys", keys, Types.FLOATS),
        Checks.file("values", values, Types.FLOATS));
  }

  private AttentionShape generatedShape() {
    if (seqLen != null && (seqLenQ != null || seqLenK != null)) {
      throw GaleException.badRequest(
          "--seq-len: not with --seq-len-q or --seq-len-k, which it stands for");
    }
    int both = Checks.or(seqLen, 1024);
    int numHeads = Checks.or(heads, 8);
    int dim = Checks.or(headDim, 64);
    return Checks.shape(
        () ->
            new AttentionShape(
                Checks.or(batch, 1),
                numHeads,
                Checks.or(kvHeads, numHeads),
                Checks.or(seqLenQ, both),
                Checks.or(seqLenK, both),
                dim,
                Checks.or(headDimV, dim)));
  }

  private AttentionOptions attentionOptions(AttentionShape shape, @Nullable NpyInput maskFile) {
    return Checks.shape(
        () -> {
          AttentionOptions options = AttentionOptions.of(shape).withCausal(causal);
          if (scale != null) {
            options = options.withScale(scale);
          }
          return maskFile == null
              ? options
              : options.withMaskHeads(MaskInput.heads(maskFile, shape));
        });
  }

  /** The probabilities must be indexable too. */
  private static int weightsElements(AttentionShape shape) {
    return Shapes.elements(
        "weights",
        "batchSize",
        shape.batchSize(),
        "numHeads",
        shape.numHeads(),
        "seqLenQ",
        shape.seqLenQ(),
        "seqLenK",
        shape.seqLenK());
  }
}
