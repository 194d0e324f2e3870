package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.npy.NpyInput.Types;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.MatmulWorkload;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariants;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gale run matmul}. */
@Command(
    name = "matmul",
    description = "C[m,n] = A[m,k] B[k,n], on .npy files (fp32, 2-d) or generated input.")
final class MatmulCommand implements Callable<Integer> {

  private static final int DEFAULT_SIZE = 512;

  private final RunCommand run;

  @Option(names = "--a", paramLabel = "A.npy", description = "A, read.")
  private @Nullable Path a;

  @Option(names = "--b", paramLabel = "B.npy", description = "B, read.")
  private @Nullable Path b;

  @Option(names = "--output", paramLabel = "C.npy", description = "C, written.")
  private @Nullable Path output;

  @Option(names = "--m", paramLabel = "N", description = "Rows of A and C (default 512).")
  private @Nullable Integer m;

  @Option(names = "--n", paramLabel = "N", description = "Columns of B and C (default 512).")
  private @Nullable Integer n;

  @Option(names = "--k", paramLabel = "N", description = "Columns of A, rows of B (default 512).")
  private @Nullable Integer k;

  MatmulCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() {
    RunOptions options = run.options();
    Checks.variant(options, MatmulVariants.catalogue());
    MatmulWorkload.Input input = input(options);
    MatmulShape shape = input == null ? generatedShape() : shape(input);
    MatmulWorkload workload = new MatmulWorkload(shape, input, options.seedOrDefault());
    try (Outputs outputs = new Outputs()) {
      outputs.add("--output", "c", output, List.of(shape.m(), shape.n()), ".npy");
      outputs.checkAgainst(workload.files());
      return run.execute(
          new Job(null, workload, options.variant, options.repeats(), outputs.files()), outputs);
    }
  }

  private MatmulWorkload.@Nullable Input input(RunOptions options) {
    Map<String, @Nullable Path> files = new LinkedHashMap<>();
    files.put("--a", a);
    files.put("--b", b);
    if (!Checks.together(files) || a == null || b == null) {
      return null;
    }
    Map<String, @Nullable Object> sizes = new LinkedHashMap<>();
    sizes.put("--m", m);
    sizes.put("--n", n);
    sizes.put("--k", k);
    sizes.put("--seed", options.seed);
    Checks.notWithFiles(sizes);
    return new MatmulWorkload.Input(
        Checks.file("a", a, Types.FLOATS), Checks.file("b", b, Types.FLOATS));
  }

  private MatmulShape generatedShape() {
    return Checks.shape(
        () ->
            new MatmulShape(
                Checks.or(m, DEFAULT_SIZE),
                Checks.or(n, DEFAULT_SIZE),
                Checks.or(k, DEFAULT_SIZE)));
  }

  private static MatmulShape shape(MatmulWorkload.Input input) {
    for (NpyInput matrix : List.of(input.a(), input.b())) {
      if (matrix.dimensions() != 2) {
        throw GaleException.badRequest(matrix + ", expected 2 dimensions");
      }
    }
    int inner = input.a().fromEnd(1);
    if (input.b().fromEnd(2) != inner) {
      throw GaleException.badRequest(
          input.b()
              + ", k "
              + input.b().fromEnd(2)
              + ", expected "
              + inner
              + " as in "
              + input.a());
    }
    return Checks.shape(() -> new MatmulShape(input.a().fromEnd(2), input.b().fromEnd(1), inner));
  }
}
