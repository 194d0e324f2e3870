package dev.gale.validation.faults;

import java.util.List;
import java.util.stream.Stream;

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
              Fault.of("pieces of k not summed", "COLS, l > 0);", "COLS, false);"),
              Fault.of("sums of the panel before kept", "COLS, l > 0);", "COLS, true);"),
              Fault.of("write past the end", "if (column + COLS <= n) {", "if (column < n) {"),
              Fault.of(
                  "last column not packed",
                  "Math.min(VectorTiles.COLS, n - column);",
                  "Math.min(VectorTiles.COLS, n - column - 1);"),
              Fault.of("pieces of A mixed up", "(row + i) * k + l)", "(row + i) * k)"),
              Fault.of("last column unwritten", "stride, n - column);", "stride, n - column - 1);"),
              Fault.of(
                  "last row unwritten",
                  "Math.min(blockRows, m - row)",
                  "Math.min(blockRows, m - row - 1)"),
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
              Fault.of("padding counted", "left.add(last, inside)", "left.add(last)"),
              Fault.of("end of the row left out of the sum", "left = left.add(last, inside);", ""),
              Fault.at(
                  0,
                  "end of the row left out of the maximum",
                  "for (; j < cols; j += LENGTH) {",
                  "for (; j < 0; j += LENGTH) {"),
              Fault.of("half of the lanes left out", "right = right.add(second);", ""),
              Fault.at(2, "end of the row to base 2", "VectorExp.LOG2_E", "1.0f"),
              Fault.of(
                  "-infinity less -infinity", "max == Float.NEGATIVE_INFINITY ? 0.0f : max", "max"),
              Fault.of("sum a little too large", "1.0f / sum", "1.0f / (sum + 1e-3f)"),
              Fault.of("last row unwritten", "row < rows;", "row < rows - 1;"),
              Fault.of("wrong stride", "(long) row * cols", "(long) row * (cols - 1)"),
              Fault.of("end of the row not scaled", "if (j < cols) {", "if (j < 0) {"),
              Fault.of(
                  "write past the end",
                  "last.intoMemorySegment(probabilities, at, ORDER, inside);",
                  "last.intoMemorySegment(probabilities, at, ORDER);")));

  /** Of what the two kernels of attention share. */
  private static final List<Fault> IN_THE_BLOCK =
      List.of(
          Fault.of("scale left out", "options.scale()", "1.0f"),
          Fault.of("causal ignored", "options.causal() ? 1 : 0", "0"),
          Fault.of(
              "causal off by one",
              "% seqLenQ + seqLenK - seqLenQ + 1",
              "% seqLenQ + seqLenK - seqLenQ"),
          Fault.of("wrong key-value head", "item / blocks,", "0,"),
          Fault.of("wrong query heads", "kvHead * groupSize;", "kvHead;"),
          Fault.of(
              "mask of the group's first head",
              "(firstHead + row / seqLenQ) % maskHeads",
              "firstHead % maskHeads"),
          Fault.of(
              "output not rescaled", "VectorRows.scale(scratch, sums, sumStride, rescale);", ""),
          Fault.of(
              "output not summed over blocks of keys", "sumStride, true);", "sumStride, false);"),
          Fault.of("sum not rescaled", "rowSum[r] * rescale +", "rowSum[r] +"),
          Fault.of("rescaled to base e", "(before - max) * VectorExp.LN_2", "(before - max)"),
          Fault.of(
              "mask to base 2",
              "Math.fma(bias, VectorExp.LOG2_E, scratch[tile + j])",
              "bias + scratch[tile + j]"),
          Fault.of("hidden NaN multiplied", "hidden && !finiteValues(key, depth)", "false"),
          Fault.of(
              "last column of values left out", "headDimV - column);", "headDimV - column - 1);"),
          Fault.of(
              "last row unwritten",
              "Math.min(rows, rowsOfKvHead - row)",
              "Math.min(rows, rowsOfKvHead - row - 1)"),
          Fault.of("lse to base 2", "? 0.0 : max) * VectorExp.LN_2", "? 0.0 : max)"),
          Fault.of("0 over 0", "unseen ? 0.0f : 1.0f / sum", "1.0f / sum"));

  static final Subject ATTENTION =
      new Subject(
          "vector",
          List.of(
              KERNELS + "attention.AttentionVector",
              KERNELS + "attention.AttentionBlock",
              VARIANTS + "attention.VectorAttention"),
          with(
              Fault.of("last key not packed", "if (j < count) {", "if (j < count - 1) {"),
              Fault.of(
                  "keys of the first panel",
                  "(long) ((key + j) / COLS) * headDim",
                  "(long) (key / COLS) * headDim")));

  static final Subject DECODE =
      new Subject(
          "decode",
          List.of(
              KERNELS + "attention.AttentionDecode",
              KERNELS + "attention.AttentionBlock",
              VARIANTS + "attention.DecodeAttention"),
          with(
              Fault.of(
                  "keys of the first block",
                  "keysStart + (long) key * headDim * Float.BYTES,",
                  "keysStart,"),
              Fault.of(
                  "scores of one query for all",
                  "(i + r) * VectorTiles.STRIDE,",
                  "i * VectorTiles.STRIDE,")));

  private static List<Fault> with(Fault... own) {
    return Stream.concat(IN_THE_BLOCK.stream(), Stream.of(own)).toList();
  }

  private VectorFaults() {}
}
