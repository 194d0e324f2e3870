package dev.gale.validation.faults;

import java.util.List;

/** Faults of each kernel of attention. */
final class AttentionFaults {

  private static final String KERNELS = "dev.gale.kernels.attention.";
  private static final String VARIANTS = "dev.gale.tasks.attention.";

  private static final Fault SCALE_LEFT_OUT = Fault.of("scale left out", "options.scale()", "1.0f");
  private static final Fault NEVER_CAUSAL =
      Fault.of("causal ignored", "options.causal() ? 1 : 0", "0");

  static final Subject COMPOSED =
      new Subject(
          "composed",
          List.of(KERNELS + "AttentionComposed", VARIANTS + "ComposedAttention"),
          List.of(
              SCALE_LEFT_OUT,
              NEVER_CAUSAL,
              Fault.of(
                  "causal off by one",
                  "j > i - seqLenQ + seqLenK",
                  "j > i - seqLenQ + seqLenK + 1"),
              Fault.of("causal from the first key", "j > i - seqLenQ + seqLenK", "j > i"),
              Fault.of(
                  "hidden NaN multiplied",
                  "if (bias != Float.NEGATIVE_INFINITY) { sum +=",
                  "if (keysSeen > 0) { sum +="),
              Fault.of(
                  "wrong key head",
                  "((h / groupSize) * seqLenK + j) * headDim",
                  "((h % (heads / groupSize)) * seqLenK + j) * headDim"),
              Fault.of(
                  "wrong value head",
                  "int firstValue = (h / groupSize)",
                  "int firstValue = (h % (heads / groupSize))"),
              Fault.of(
                  "maximum started at zero",
                  "float rowMax = Float.NEGATIVE_INFINITY;",
                  "float rowMax = 0.0f;"),
              Fault.of(
                  "mask of the first head",
                  "mask.get(((h % maskHeads) * seqLenQ + i) * seqLenK + j)",
                  "mask.get(i * seqLenK + j)"),
              Fault.of(
                  "lse to base 2",
                  "TornadoMath.log(rowSum)",
                  "1.442695f * TornadoMath.log(rowSum)"),
              Fault.of("lse without the maximum", "lse.set(r, shift +", "lse.set(r, 0.0f +"),
              Fault.of("last key left out", "j < keysSeen;", "j < keysSeen - 1;"),
              Fault.of("no division", "scores.get(row + j) / divisor", "scores.get(row + j)"),
              Fault.of("last row unwritten", "r < rows;", "r < rows - 1;"),
              Fault.of(
                  "rows of lse left out",
                  "shape.heads() * shape.seqLenQ(), shape.seqLenK())",
                  "shape.heads() * shape.seqLenQ() - 1, shape.seqLenK())")));

  static final Subject ONLINE =
      new Subject(
          "online",
          List.of(KERNELS + "AttentionOnline", VARIANTS + "OnlineAttention"),
          List.of(
              SCALE_LEFT_OUT,
              NEVER_CAUSAL,
              Fault.of("causal off by one", "i - seqLenQ + seqLenK + 1", "i - seqLenQ + seqLenK"),
              Fault.of("causal from the first key", "i - seqLenQ + seqLenK + 1", "i + 1"),
              Fault.of(
                  "maximum started at zero",
                  "float rowMax = Float.NEGATIVE_INFINITY;",
                  "float rowMax = 0.0f;"),
              Fault.of("sum not rescaled", "rowSum * correction + p", "rowSum + p"),
              Fault.of(
                  "output not rescaled",
                  "output.get(outputRow + c) * correction +",
                  "output.get(outputRow + c) +"),
              Fault.of(
                  "wrong key-value head", "(h / groupSize) * seqLenK", "(h % groupSize) * seqLenK"),
              Fault.of("mask scaled too", "scale * dot + bias", "scale * (dot + bias)"),
              Fault.of(
                  "hidden NaN multiplied",
                  "if (bias != Float.NEGATIVE_INFINITY) {",
                  "if (keysSeen > 0) {"),
              Fault.of("last key left out", "j < keysSeen;", "j < keysSeen - 1;"),
              Fault.of(
                  "output started from what was there", "output.set(outputRow + c, 0.0f);", ""),
              Fault.of("lse without the maximum", "lse.set(row, shift +", "lse.set(row, 0.0f +"),
              Fault.of("lse unwritten", "lse.set(row, shift + TornadoMath.log(rowSum));", ""),
              Fault.of("0 over 0", "rowSum == 0.0f ? 1.0f : rowSum", "rowSum"),
              Fault.of(
                  "last column unwritten",
                  "c < headDimV; c++) { output.set( outputRow + c, output.get(outputRow + c) * correction",
                  "c < headDimV - 1; c++) { output.set( outputRow + c, output.get(outputRow + c) * correction"),
              Fault.of(
                  "write past the end",
                  "lse.set(row, shift +",
                  "lse.set(lse.getSize() - 1, 0.0f); lse.set(row, shift +")));

  static final Subject FLASH =
      new Subject(
          "flash",
          List.of(KERNELS + "AttentionFlash", VARIANTS + "FlashAttention"),
          List.of(
              SCALE_LEFT_OUT,
              NEVER_CAUSAL,
              Fault.missingBarrier(1, "between the load of queries and keys and their use"),
              Fault.missingBarrier(2, "between the use of a chunk and the next load"),
              Fault.missingBarrier(3, "between the scores and the rows' maxima"),
              Fault.missingBarrier(4, "between the rows' maxima and their use"),
              Fault.missingBarrier(5, "between the load of values and their use"),
              Fault.missingBarrier(6, "between the use of values and the next load"),
              Fault.of(
                  "causal off by one",
                  "key > row - seqLenQ + seqLenK",
                  "key >= row - seqLenQ + seqLenK"),
              Fault.of("last tile skipped", "firstKey < keysSeen;", "firstKey + KEYS <= keysSeen;"),
              Fault.of(
                  "last tile of the causal part skipped",
                  "keysSeen = lastRow - seqLenQ + seqLenK;",
                  "keysSeen = firstRow - seqLenQ + seqLenK;"),
              Fault.of("sum not rescaled", "sums[a] = sums[a] * correction;", ""),
              Fault.of(
                  "output not rescaled",
                  "accumulators[a * ITEM_COLUMNS + c] * correction",
                  "accumulators[a * ITEM_COLUMNS + c]"),
              Fault.of("wrong key head", "keys.get(((head / groupSize)", "keys.get((head % 2"),
              Fault.of("hidden weights counted", "if (weight != HIDDEN) {", "if (groupSize > 0) {"),
              Fault.of(
                  "maximum started at zero",
                  "rows[item] = Float.NEGATIVE_INFINITY;",
                  "rows[item] = 0.0f;"),
              Fault.of(
                  "part of a tile's keys left out of the maximum",
                  "j < KEYS; j++) { float score",
                  "j < KEYS - 1; j++) { float score"),
              Fault.of(
                  "lse of the first columns' items only",
                  "lse.set(head * seqLenQ + row, shift",
                  "lse.set(head * seqLenQ + row, 0.0f"),
              Fault.of(
                  "rows beyond the end written",
                  "if (row < seqLenQ) { float divisor",
                  "if (row <= seqLenQ) { float divisor"),
              Fault.of(
                  "last block of rows left out",
                  "Math.ceilDiv(shape.seqLenQ(), AttentionFlash.ROWS)",
                  "Math.max(1, shape.seqLenQ() / AttentionFlash.ROWS)")));

  private AttentionFaults() {}
}
