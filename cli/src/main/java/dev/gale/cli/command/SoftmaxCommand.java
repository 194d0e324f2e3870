package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.npy.NpyInput.Types;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.SoftmaxWorkload;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariants;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gale run softmax}. */
@Command(
    name = "softmax",
    description = {
      "Softmax along the last axis, on a .npy file (fp32, any number of dimensions) or generated input."
    })
final class SoftmaxCommand implements Callable<Integer> {

  private static final int DEFAULT_SIZE = 1024;

  private final RunCommand run;

  @Option(names = "--input", paramLabel = "X.npy", description = "Logits, read.")
  private @Nullable Path input;

  @Option(names = "--output", paramLabel = "Y.npy", description = "Probabilities, written.")
  private @Nullable Path output;

  @Option(names = "--rows", paramLabel = "N", description = "Independent rows (default 1024).")
  private @Nullable Integer rows;

  @Option(
      names = "--cols",
      paramLabel = "N",
      description = "Elements normalised together (default 1024).")
  private @Nullable Integer cols;

  SoftmaxCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() {
    RunOptions options = run.options();
    Checks.variant(options, SoftmaxVariants.catalogue());
    NpyInput file = file(options);
    SoftmaxShape shape =
        Checks.shape(
            () ->
                file == null
                    ? new SoftmaxShape(Checks.or(rows, DEFAULT_SIZE), Checks.or(cols, DEFAULT_SIZE))
                    : shape(file));
    SoftmaxWorkload workload = new SoftmaxWorkload(shape, file, options.seedOrDefault());
    List<Integer> outputShape = file == null ? List.of(shape.rows(), shape.cols()) : file.shape();
    try (Outputs outputs = new Outputs()) {
      outputs.add("--output", "probabilities", output, outputShape, ".npy");
      outputs.checkAgainst(workload.files());
      return run.execute(
          new Job(null, workload, options.variant, options.repeats(), outputs.files()), outputs);
    }
  }

  private @Nullable NpyInput file(RunOptions options) {
    if (input == null) {
      return null;
    }
    Map<String, @Nullable Object> sizes = new LinkedHashMap<>();
    sizes.put("--rows", rows);
    sizes.put("--cols", cols);
    sizes.put("--seed", options.seed);
    Checks.notWithFiles(sizes);
    return Checks.file("input", input, Types.FLOATS);
  }

  private static SoftmaxShape shape(NpyInput file) {
    if (file.dimensions() == 0) {
      throw GaleException.badRequest(file + ", expected at least 1 dimension");
    }
    int elements = file.shape().stream().reduce(1, (x, y) -> x * y);
    return new SoftmaxShape(elements / file.fromEnd(1), file.fromEnd(1));
  }
}
