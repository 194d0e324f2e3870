package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.work.AttentionWork;
import dev.gale.benchmarks.work.MatmulWork;
import dev.gale.benchmarks.work.SoftmaxWork;
import dev.gale.benchmarks.work.Work;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.SampledExpectation;
import dev.gale.validation.harness.SampledReferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * References of one work's input, and bounds for each arithmetic. They are kept in a directory that all contestants of a
 * race share: the first one of an arithmetic computes, the others read.
 *
 * @param directory where they are kept
 * @param work the work
 * @param seed of the input
 * @param limit multiplications or exponentials that a reference may take
 */
public record Expectations(Path directory, Work work, long seed, long limit) {

  /** Enough for every row of a product of 1024 x 1024 matrices. */
  public static final long DEFAULT_LIMIT = 1L << 30;

  /** What a device of that arithmetic must compute. */
  public SampledExpectation of(FloatModel model) throws IOException {
    Path file =
        directory.resolve("expected-" + model.name().replaceAll("[^A-Za-z0-9]+", "-") + ".bin");
    if (Files.exists(file)) {
      return ExpectationFile.read(file);
    }
    SampledExpectation computed = compute(model);
    ExpectationFile.write(file, computed);
    return computed;
  }

  private SampledExpectation compute(FloatModel model) {
    return switch (work) {
      case MatmulWork matmul ->
          SampledReferences.of(MatmulCase.generated(matmul.dimensions(), seed), model, limit);
      case SoftmaxWork softmax ->
          SampledReferences.of(SoftmaxCase.generated(softmax.dimensions(), seed), model, limit);
      case AttentionWork attention ->
          SampledReferences.of(
              AttentionCase.generated(attention.dimensions(), attention.options(), seed),
              model,
              limit);
    };
  }
}
