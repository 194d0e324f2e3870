package dev.gale.validation.faults;

import java.util.List;

/** Faults of the vector kernels. */
final class VectorFaults {

  private static final String KERNELS = "dev.gale.kernels.";
  private static final String VARIANTS = "dev.gale.tasks.";

  static final Subject MATMUL =
      new Subject(
          "vector",
          List.of(
              KERNELS + "matmul.MatmulVector",
              KERNELS + "matmul.MatmulBlock",
              VARIANTS + "matmul.VectorMatmul"),
          List.of(
              Fault.of("pieces of k not summed", "width, l > 0);", "width, false);"),
              Fault.of(
                  "sums of the tile before kept",
                  "Arrays.fill(scratch, tile, tile + height * COLS, 0.0f);",
                  ""),
              Fault.of("write past the end", "width = Math.min(COLS, n - j);", "width = COLS;"),
              Fault.of(
                  "last column not packed",
                  "Math.min(VectorTiles.COLS, n - column);",
                  "Math.min(VectorTiles.COLS, n - column - 1);"),
              Fault.of("pieces of A mixed up", "(row + i) * k + l)", "(row + i) * k)"),
              Fault.of(
                  "last row unwritten",
                  "Math.min(blockRows, m - row)",
                  "Math.min(blockRows, m - row - 1)"),
              Fault.of("last column unwritten", "j < width;", "j < width - 1;"),
              Fault.of(
                  "last block left out",
                  "Math.ceilDiv(m, blockRows) * blocksAcross",
                  "m / blockRows * blocksAcross"),
              Fault.of(
                  "operand not packed",
                  ".task(task + \"-pack\", MatmulVector::pack, b, packed, n, k)",
                  "")));

  static final Subject SOFTMAX =
      new Subject(
          "vector",
          List.of(KERNELS + "softmax.SoftmaxVector", VARIANTS + "softmax.VectorSoftmax"),
          List.of(
              Fault.of("padding counted", "padded, Float.NEGATIVE_INFINITY);", "padded, 0.0f);"),
              Fault.of(
                  "maximum of the first columns only",
                  "VectorRows.max(scratch, 0, padded)",
                  "VectorRows.max(scratch, 0, VectorTiles.COLS)"),
              Fault.of("base 2", "VectorExp.LOG2_E", "1.0f"),
              Fault.of(
                  "-infinity less -infinity", "max == Float.NEGATIVE_INFINITY ? 0.0f : max", "max"),
              Fault.of("sum a little too large", "1.0f / sum", "1.0f / (sum + 1e-3f)"),
              Fault.of("last row unwritten", "row < rows;", "row < rows - 1;"),
              Fault.of("wrong stride", "(long) row * cols", "(long) row * (cols - 1)"),
              Fault.of(
                  "write past the end",
                  "probabilities, start, cols);",
                  "probabilities, start, padded);")));

  static final Subject ATTENTION =
      new Subject(
          "vector",
          List.of(
              KERNELS + "attention.AttentionVector",
              KERNELS + "attention.AttentionBlock",
              VARIANTS + "attention.VectorAttention"),
          List.of(
              Fault.of("scale left out", "options.scale()", "1.0f"),
              Fault.of("causal ignored", "options.causal() ? 1 : 0", "0"),
              Fault.of("causal off by one", "i + seqLenK - seqLenQ + 1", "i + seqLenK - seqLenQ"),
              Fault.of("wrong key-value head", "head / groupSize;", "head % 2;"),
              Fault.of(
                  "output not rescaled",
                  "VectorRows.scale(scratch, sums, sumStride, rescale);",
                  ""),
              Fault.of("sum not rescaled", "rowSum[r] * rescale +", "rowSum[r] +"),
              Fault.of("rescaled to base e", "(before - max) * VectorExp.LN_2", "(before - max)"),
              Fault.of(
                  "mask to base 2",
                  "Math.fma(bias, VectorExp.LOG2_E, scratch[tile + j])",
                  "bias + scratch[tile + j]"),
              Fault.of("hidden NaN multiplied", "hidden && !finiteValues(key, depth)", "false"),
              Fault.of(
                  "last column of values left out",
                  "headDimV - column);",
                  "headDimV - column - 1);"),
              Fault.of("last key not packed", "if (j < count) {", "if (j < count - 1) {"),
              Fault.of(
                  "last row unwritten",
                  "Math.min(rows, seqLenQ - block * rows)",
                  "Math.min(rows, seqLenQ - block * rows - 1)"),
              Fault.of("lse to base 2", "? 0.0 : max) * VectorExp.LN_2", "? 0.0 : max)"),
              Fault.of("0 over 0", "unseen ? 0.0f : 1.0f / sum", "1.0f / sum")));

  private VectorFaults() {}
}
