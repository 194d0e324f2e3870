package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.npy.NpyInput.Types;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.MaskInput;
import dev.gale.cli.work.MultiHeadWorkload;
import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.Projection;
import dev.gale.models.multihead.VariantName;
import dev.gale.tasks.attention.AttentionOptions;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gale run multihead}. */
@Command(
    name = "multihead",
    description = {
      "Multi-head attention: projections, attention head by head, output projection, as one task graph.",
      "Reads .npy files (fp32; input and memory 2-d, or 3-d with batchSize first), or generates its input and weights.",
      "Self-attention, unless a memory is read or --seq-len-k or --memory-dim is given."
    })
final class MultiHeadCommand implements Callable<Integer> {

  private final RunCommand run;

  @Option(
      names = "--input",
      paramLabel = "X.npy",
      description = "Input [batchSize, seqLenQ, modelDim], read.")
  private @Nullable Path input;

  @Option(
      names = "--memory",
      paramLabel = "M.npy",
      description =
          "What keys and values come from [batchSize, seqLenK, memoryDim], read (default: the input).")
  private @Nullable Path memory;

  @Option(
      names = "--weights",
      paramLabel = "DIRECTORY",
      description = {
        "Holds wq.npy, wk.npy, wv.npy, wo.npy, each [input, output] (y = x W + b; PyTorch's Linear keeps the",
        "transpose), and, where there are biases, bq.npy, bk.npy, bv.npy, bo.npy (default: generated)."
      })
  private @Nullable Path weights;

  @Option(
      names = "--mask",
      paramLabel = "M.npy",
      description =
          "Added to the scaled scores (fp32), or what is visible (bool). Broadcast over heads.")
  private @Nullable Path mask;

  @Option(names = "--output", paramLabel = "Y.npy", description = "Output, written.")
  private @Nullable Path output;

  @Option(
      names = "--causal",
      description = "Query i sees key j only when j <= i + seqLenK - seqLenQ.")
  private boolean causal;

  @Option(names = "--scale", paramLabel = "X", description = "Default 1/sqrt(headDim).")
  private @Nullable Float scale;

  @Option(names = "--biases", description = "Generate biases for the four projections.")
  private boolean biases;

  @Mixin private final MultiHeadSizes sizes = new MultiHeadSizes();

  MultiHeadCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() {
    RunOptions options = run.options();
    String variant = options.variant;
    if (variant != null) {
      Checks.shape(() -> VariantName.parse(variant));
    }
    MultiHeadWorkload workload = workload(options);
    MultiHeadShape shape = workload.shape();
    boolean flat = workload.input() != null && workload.input().dimensions() == 2;
    List<Integer> outputShape =
        flat
            ? List.of(shape.seqLenQ(), shape.modelDim())
            : List.of(shape.batchSize(), shape.seqLenQ(), shape.modelDim());
    try (Outputs outputs = new Outputs()) {
      outputs.add("--output", "output", output, outputShape, ".npy");
      outputs.checkAgainst(workload.files());
      return run.execute(
          new Job(null, workload, options.variant, options.repeats(), outputs.files()), outputs);
    }
  }

  private MultiHeadWorkload workload(RunOptions options) {
    if (memory != null && input == null) {
      throw GaleException.badRequest("--memory: not without --input");
    }
    NpyInput inputFile = input == null ? null : Checks.file("input", input, Types.FLOATS);
    NpyInput memoryFile = memory == null ? null : Checks.file("memory", memory, Types.FLOATS);
    MultiHeadFiles files = new MultiHeadFiles(inputFile, memoryFile, weights);
    notWithFiles(options);
    boolean self = memoryFile == null && !sizes.nameAMemory();
    MultiHeadShape shape = files.shape(sizes, self);
    NpyInput maskFile = mask == null ? null : Checks.file("mask", mask, Types.FLOATS_OR_VISIBILITY);
    return new MultiHeadWorkload(
        shape,
        new MultiHeadOptions(attention(shape, maskFile), biased(files)),
        self,
        inputFile,
        memoryFile,
        files.weights(),
        maskFile,
        options.seedOrDefault());
  }

  private void notWithFiles(RunOptions options) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    if (input != null) {
      given.putAll(sizes.ofInput());
    }
    if (weights != null) {
      given.putAll(sizes.ofWeights());
      given.put("--biases", biases ? true : null);
    }
    if (input != null && weights != null) {
      given.put("--seed", options.seed);
    }
    Checks.notWithFiles(given);
  }

  private Set<Projection> biased(MultiHeadFiles files) {
    if (weights != null) {
      return files.biased();
    }
    return biases ? EnumSet.allOf(Projection.class) : Set.of();
  }

  private AttentionOptions attention(MultiHeadShape shape, @Nullable NpyInput maskFile) {
    return Checks.shape(
        () -> {
          AttentionOptions options = AttentionOptions.of(shape.attention()).withCausal(causal);
          if (scale != null) {
            options = options.withScale(scale);
          }
          return maskFile == null
              ? options
              : options.withMaskHeads(MaskInput.heads(maskFile, shape.attention()));
        });
  }
}
