package dev.gale.validation.faults;

import java.util.List;
import java.util.stream.Stream;

/** Faults of the vector kernels that inputs of any size show; {@link VectorEdgeFaults} has those of the kernels' own edges. */
final class VectorFaults {

  private static final String KERNELS = "dev.gale.kernels.";
  private static final String VARIANTS = "dev.gale.tasks.";

  private static final List<String> MATMUL_CLASSES =
      List.of(
          KERNELS + "matmul.MatmulVector",
          KERNELS + "matmul.MatmulBlock",
          KERNELS + "matmul.MatmulRows",
          VARIANTS + "matmul.VectorMatmul");

  private static final List<String> SOFTMAX_CLASSES =
      List.of(
          KERNELS + "softmax.SoftmaxVector",
          KERNELS + "softmax.SoftmaxBand",
          KERNELS + "softmax.SoftmaxOfFour",
          KERNELS + "softmax.SoftmaxOfEight",
          KERNELS + "softmax.SoftmaxPowers",
          KERNELS + "softmax.SoftmaxByMaximum",
          VARIANTS + "softmax.VectorSoftmax");

  private static final List<String> ATTENTION_CLASSES =
      List.of(
          KERNELS + "attention.AttentionVector",
          KERNELS + "attention.AttentionOperands",
          KERNELS + "attention.PackedKeys",
          KERNELS + "attention.PrefillBlock",
          KERNELS + "attention.QueryRows",
          KERNELS + "vector.VectorTranspose",
          VARIANTS + "attention.VectorAttention");

  private static final List<String> DECODE_CLASSES =
      List.of(
          KERNELS + "attention.AttentionDecode",
          KERNELS + "attention.AttentionOperands",
          KERNELS + "attention.DecodeBlock",
          KERNELS + "attention.QueryRows",
          KERNELS + "vector.StreamedKeys",
          KERNELS + "vector.StreamedValues",
          VARIANTS + "attention.DecodeAttention");

  static final Subject MATMUL =
      matmul(
          List.of(
              Fault.of("sums of the panel before kept", "l > 0);", "true);"),
              Fault.of("write past the end", "stride, n - column);", "stride, COLS);"),
              Fault.of(
                  "every tile to the block's first rows", "c, row + i, height", "c, row, height"),
              Fault.of("deep products not written", "if (!shallow)", "if (false)"),
              Fault.of(
                  "last column not packed",
                  "Math.min(VectorTiles.COLS, n - column);",
                  "Math.min(VectorTiles.COLS, n - column - 1);"),
              Fault.of(
                  "last row unwritten",
                  "Math.min(blockRows, m - row)",
                  "Math.min(blockRows, m - row - 1)"),
              Fault.of("last column unwritten", "stride, n - column);", "stride, n - column - 1);"),
              Fault.of(
                  "last block left out",
                  "Math.ceilDiv(m, blockRows) * blocksAcross",
                  "m / blockRows * blocksAcross"),
              Fault.of("rows of A off by one", "(long) (row + i) * k", "(long) (row + i / 2) * k"),
              Fault.of(
                  "operand not packed",
                  ".task(task + \"-pack\", MatmulVector::pack, b, packed, n, k)",
                  ""),
              Fault.of(
                  "last own panel not packed",
                  "column < end; column += VectorTiles.COLS",
                  "column + VectorTiles.COLS < end; column += VectorTiles.COLS"),
              Fault.of(
                  "first own panel for all",
                  "column / VectorTiles.COLS, n, k);",
                  "first / VectorTiles.COLS, n, k);"),
              Fault.at(
                  0,
                  "last own columns left out",
                  "int blocks = Math.ceilDiv(n, blockCols);",
                  "int blocks = n / blockCols;"),
              Fault.of(
                  "last row of own columns unwritten",
                  "Math.min(blockRows, m - top)",
                  "Math.min(blockRows, m - top - 1)"),
              Fault.of(
                  "rows of own columns multiplied once",
                  "top < m; top += blockRows",
                  "top < 1; top += blockRows"),
              Fault.of(
                  "last own panel unwritten",
                  "first, end - first,",
                  "first, end - first - VectorTiles.COLS,")));

  static final Subject SOFTMAX =
      softmax(
          List.of(
              Fault.at(
                  0,
                  "padding counted in the sum",
                  "power.reduceLanes(VectorOperators.ADD, inside)",
                  "power.reduceLanes(VectorOperators.ADD)"),
              Fault.of(
                  "last columns left out of the sum",
                  "+ last(logits, probabilities, start, cols, offset);",
                  "+ 0 * last(logits, probabilities, start, cols, offset);"),
              Fault.of(
                  "last columns not divided",
                  ".mul(factor) .intoMemorySegment(probabilities, at, ORDER, inside)",
                  ".intoMemorySegment(probabilities, at, ORDER, inside)"),
              Fault.of(
                  "only last columns divided",
                  "scaleWhole(probabilities, start, end, factor);",
                  ""),
              Fault.of("sums not looked at", "if (ScaledExp.isSound(sum)) {", "if (true) {"),
              Fault.of(
                  "small sums taken for sound",
                  "if (ScaledExp.isSound(sum)) {",
                  "if (sum < 1e30f) {"),
              Fault.of(
                  "large sums taken for sound", "if (ScaledExp.isSound(sum)) {", "if (sum >= 1) {"),
              Fault.at(
                  1,
                  "row with another maximum left as it is",
                  "offset = SoftmaxByMaximum.row(logits, probabilities, start, cols);",
                  ""),
              Fault.of(
                  "sum a little too large",
                  "scale(probabilities, start, cols, 1.0f / sum);",
                  "scale(probabilities, start, cols, 1.0f / (sum * 1.001f));"),
              Fault.of(
                  "last row of a band unwritten",
                  "Math.min(rowsOfBand, rows - row)",
                  "Math.min(rowsOfBand, rows - row) - 1"),
              Fault.of("last band left out", "Math.ceilDiv(rows, rowsOfBand)", "rows / rowsOfBand"),
              Fault.at(
                  0,
                  "write past the end",
                  "power.intoMemorySegment(probabilities, at, ORDER, inside);",
                  "power.intoMemorySegment(probabilities, at, ORDER);")));

  /** In the block that {@code decode} computes. */
  private static final List<Fault> BLOCK =
      List.of(
          Fault.of("scale left out", "options.scale()", "1.0f"),
          Fault.of("scale without log2(e)", "scale * VectorExp.LOG2_E", "scale"),
          Fault.of("causal ignored", "options.causal() ? 1 : 0", "0"),
          Fault.of("causal off by one", "+ seqLenK - seqLenQ + 1", "+ seqLenK - seqLenQ"),
          Fault.of("causal from the first key", "+ seqLenK - seqLenQ + 1", "+ 1"),
          Fault.of(
              "one key too many of a block", "visible(row) - key, 0", "visible(row) - key + 1, 0"),
          Fault.of(
              "a tile across two heads ends where its last row does",
              "row / seqLenQ == last / seqLenQ ? last : seqLenQ - 1",
              "last"),
          Fault.of(
              "wrong value head",
              "valuesStart = (long) kvHead",
              "valuesStart = (long) (kvHead / 2)"),
          Fault.of("wrong query heads", "kvHead * groupSize,", "kvHead,"),
          Fault.of(
              "mask of the group's first head",
              "(firstHead + row / seqLenQ) % maskHeads",
              "firstHead % maskHeads"),
          Fault.of("mask to base 2", "masked ? VectorExp.LOG2_E : 1.0f", "1.0f"),
          Fault.of("hidden NaN multiplied", "hidden && !finiteValues(key, depth)", "false"),
          Fault.of(
              "hidden NaN multiplied one by one",
              "if (queryRows.hides(row + i, key + j)) {",
              "if (false) {"),
          Fault.of("a block twice, another never", "? place / 2 :", "? place :"),
          Fault.of(
              "last row unwritten",
              "Math.min(rows, rowsOfKvHead - row)",
              "Math.min(rows, rowsOfKvHead - row - 1)"),
          Fault.of("lse to base 2", "? 0.0 : shift) * VectorExp.LN_2", "? 0.0 : shift)"),
          Fault.of("lse without the shift", "? 0.0 : shift) * VectorExp.LN_2", "? 0.0 : 0.0)"),
          Fault.of("0 over 0", "unseeing(shift, sum) ? 0.0f : 1.0f / sum", "1.0f / sum"));

  static final Subject ATTENTION =
      attention(
          List.of(
              Fault.of("scale left out", "options.scale()", "1.0f"),
              Fault.of("scale without log2(e)", "scale * VectorExp.LOG2_E", "scale"),
              Fault.of("causal ignored", "options.causal() ? 1 : 0", "0"),
              Fault.of("causal off by one", "+ seqLenK - seqLenQ + 1", "+ seqLenK - seqLenQ"),
              Fault.of("causal from the first key", "+ seqLenK - seqLenQ + 1", "+ 1"),
              Fault.of(
                  "one key too many of a block",
                  "visible(row) - key, 0",
                  "visible(row) - key + 1, 0"),
              Fault.of(
                  "a tile across two heads ends where its last row does",
                  "row / seqLenQ == last / seqLenQ ? last : seqLenQ - 1",
                  "last"),
              Fault.of(
                  "wrong key-value head",
                  "firstKey = (long) kvHead",
                  "firstKey = (long) (kvHead / 2)"),
              Fault.of(
                  "keys of the first block",
                  "packed.packKeys(keys, first * headDim",
                  "packed.packKeys(keys, (first - key) * headDim"),
              Fault.of("wrong query heads", "kvHead * groupSize,", "kvHead,"),
              Fault.of(
                  "keys of the first panel",
                  "(long) (key / COLS) * headDim",
                  "(long) (key / COLS / 2) * headDim"),
              Fault.of(
                  "last key not packed",
                  "int rows = Math.min(COLS, count - j);",
                  "int rows = Math.min(COLS, count - j) - 1;"),
              Fault.of(
                  "last value not packed",
                  "panels, valueAt(d / COLS, 0), count,",
                  "panels, valueAt(d / COLS, 0), count - 1,"),
              Fault.of("first column for all", "((long) r * count + d)", "((long) r * count)"),
              Fault.of(
                  "squares of the first key",
                  "sourceStart + r * rowBytes",
                  "sourceStart + r / LENGTH / 2 * rowBytes"),
              Fault.of(
                  "rows not exchanged by ones",
                  "i -> (i ^ distance)",
                  "i -> (i ^ (distance & -2))"),
              Fault.of(
                  "rows not exchanged by twos",
                  "i -> (i ^ distance)",
                  "i -> (i ^ (distance & -3))"),
              Fault.of(
                  "columns behind the last square left out",
                  "r < rows; r++) { for (int d = first; d < count;",
                  "r < rows; r++) { for (int d = first; d < first;"),
              Fault.of(
                  "output not summed over blocks of keys",
                  "sumStride, true);",
                  "sumStride, false);"),
              Fault.of(
                  "row sums of a tile's first row for all",
                  "key, depth, rowSums + r * LANES,",
                  "key, depth, rowSums + i * LANES,"),
              Fault.of(
                  "mask of the group's first head",
                  "(firstHead + row / seqLenQ) % maskHeads",
                  "firstHead % maskHeads"),
              Fault.of("mask to base 2", "masked ? VectorExp.LOG2_E : 1.0f", "1.0f"),
              Fault.of(
                  "hidden NaN multiplied",
                  "shown < depth && !finiteValues(shown, depth - shown)",
                  "false"),
              Fault.of(
                  "hidden NaN multiplied one by one",
                  "if (queryRows.hides(row + i, key + j)) {",
                  "if (false) {"),
              Fault.of(
                  "last column of values left out",
                  "Math.min(COLS, headDimV - d)",
                  "Math.min(COLS, headDimV - d - 1)"),
              Fault.of(
                  "last row unwritten",
                  "Math.min(rows, rowsOfKvHead - row)",
                  "Math.min(rows, rowsOfKvHead - row - 1)"),
              Fault.of("lse to base 2", "? 0.0 : shift) * VectorExp.LN_2", "? 0.0 : shift)"),
              Fault.of("lse without the shift", "? 0.0 : shift) * VectorExp.LN_2", "? 0.0 : 0.0)"),
              Fault.of("0 over 0", "unseeing(shift, sum) ? 0.0f : 1.0f / sum", "1.0f / sum")));

  static final Subject DECODE =
      decode(
          with(
              BLOCK,
              Fault.of(
                  "wrong key head",
                  "keysStart = (long) kvHead",
                  "keysStart = (long) (kvHead / 2)")));

  private VectorFaults() {}

  static Subject matmul(List<Fault> faults) {
    return new Subject("vector", MATMUL_CLASSES, faults);
  }

  static Subject softmax(List<Fault> faults) {
    return new Subject("vector", SOFTMAX_CLASSES, faults);
  }

  static Subject attention(List<Fault> faults) {
    return new Subject("vector", ATTENTION_CLASSES, faults);
  }

  static Subject decode(List<Fault> faults) {
    return new Subject("decode", DECODE_CLASSES, faults);
  }

  private static List<Fault> with(List<Fault> shared, Fault... own) {
    return Stream.concat(shared.stream(), Stream.of(own)).toList();
  }
}
