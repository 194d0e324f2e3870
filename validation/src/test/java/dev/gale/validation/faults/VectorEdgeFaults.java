package dev.gale.validation.faults;

import java.util.List;

/** Faults of the vector kernels that only show at an edge of theirs. */
final class VectorEdgeFaults {

  /** More columns of A than are summed at once. */
  static final List<Fault> PIECES_OF_K =
      List.of(
          Fault.of("pieces of k not summed", "l > 0);", "false);"),
          Fault.of("pieces of A mixed up", "(row + i) * k + l)", "(row + i) * k)"),
          Fault.of("pieces of B mixed up", "panel + l * VectorTiles.B_STRIDE_BYTES", "panel"),
          Fault.of("pieces of A at the same place", "(l / DEPTH * rows + i)", "i"),
          Fault.of(
              "last piece left out",
              "int depth = Math.min(DEPTH, k - l);",
              "int depth = k - l < DEPTH ? 0 : DEPTH;"));

  private static final String MAX =
      "float max = Math.max(before, VectorRows.max(scratch, tile, padded));";

  /** Scores that rise from block to block of keys. */
  static final List<Fault> RISING =
      List.of(
          Fault.of(
              "output not rescaled", "VectorRows.scale(scratch, sums, sumStride, rescale);", ""),
          Fault.of("sum not rescaled", "rowSum[r] * rescale +", "rowSum[r] +"),
          Fault.of("rescaled to base e", "(before - max) * VectorExp.LN_2", "(before - max)"),
          Fault.of("last block of keys left out", "key < end;", "key + KEYS <= end;"),
          Fault.of(
              "values of the first block",
              "((long) key * headDimV + (long) p * COLS)",
              "((long) p * COLS)"),
          Fault.of(
              "last panel of values of the first block",
              "if (wholePanels < panels) { loadEdgeValues",
              "if (wholePanels < panels && key == 0) { loadEdgeValues"));

  /** Scores that fall from block to block of keys. */
  static final List<Fault> FALLING =
      List.of(
          Fault.of(
              "maximum not carried to the next block",
              MAX,
              "float max = VectorRows.max(scratch, tile, padded);"),
          Fault.of("sum of the last block alone", "rowSum[r] * rescale +", ""));

  /** Scores that rise so far that powers of two less the first block's maximum overflow. */
  static final List<Fault> STEEP =
      List.of(Fault.of("maximum of the first block", MAX, MAX + " if (key > 0) { max = before; }"));

  /** Blocks of several register tiles, some across two heads, causal, two blocks of keys. */
  static final List<Fault> ACROSS_HEADS =
      List.of(
          Fault.of(
              "a tile across two heads ends where its last row does",
              "row / seqLenQ == last / seqLenQ ? last : seqLenQ - 1",
              "last"),
          Fault.of(
              "limit of the first block in the second", "visible(row) - key,", "visible(row),"),
          Fault.of("limit of the tile for each row", "visible(row) - key,", "depth,"),
          Fault.of(
              "later tiles take the first's queries",
              "scores(scratch, i, height,",
              "scores(scratch, 0, height,"),
          Fault.of(
              "later tiles add to the first's output",
              "sums + i * sumStride + p * COLS",
              "sums + p * COLS"));

  /** A mask that hides whole blocks of keys, NaN where nobody sees it. */
  static final List<Fault> HIDDEN_BLOCKS =
      List.of(
          Fault.of("hidden NaN multiplied", "hidden && !finiteValues(key, depth)", "false"),
          Fault.of(
              "hidden NaN looked for in the first block alone",
              "finiteValues(key, depth)",
              "finiteValues(0, depth)"),
          Fault.of(
              "hidden NaN multiplied one by one", "if (hides(row + i, key + j)) {", "if (false) {"),
          Fault.of(
              "mask of the first block for all",
              "maskStart(row) + (long) key * Float.BYTES; for",
              "maskStart(row); for"),
          Fault.of(
              "-infinity less -infinity",
              "float shift = max == Float.NEGATIVE_INFINITY ? 0.0f : max;",
              "float shift = max;"),
          Fault.of("summed one by one and again", "sumStride); continue;", "sumStride);"));

  /** Queries in several pieces. */
  static final List<Fault> PACKED_PIECES =
      List.of(
          Fault.of("pieces of a score not summed", "d > 0);", "false);"),
          Fault.of(
              "pieces of the keys mixed up", "panel + d * VectorTiles.B_STRIDE_BYTES", "panel"),
          Fault.of(
              "pieces of the queries at the same place",
              "int target = (d / VectorTiles.DEPTH * rows + i)",
              "int target = i"));

  /** Queries in several pieces, keys where they lie. */
  static final List<Fault> PIECES =
      List.of(
          Fault.of("first piece for all", "rows * VectorTiles.STRIDE, headDim,", "0, headDim,"),
          Fault.of(
              "pieces of the queries at the same place",
              "int target = (d / VectorTiles.DEPTH * rows + i)",
              "int target = i"));

  /** Many keys where they lie, for a few queries. */
  static final List<Fault> DECODING =
      List.of(
          Fault.of(
              "keys of the first block",
              "keysStart + (long) key * headDim * Float.BYTES,",
              "keysStart,"),
          Fault.of("sum of the last block alone", "rowSum[r] * rescale +", ""),
          Fault.of("last block of keys left out", "key < end;", "key + KEYS <= end;"));

  private VectorEdgeFaults() {}
}
