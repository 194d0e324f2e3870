package dev.gale.validation.faults;

import java.util.List;
import java.util.stream.Stream;

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

  /** Long rows and columns behind the last vector: there one has its peak; one of -infinity alone. */
  static final List<Fault> LONG_ROWS =
      List.of(
          Fault.of(
              "last columns left out of the maximum",
              "largest = largest.blend(last,",
              "largest.blend(last,"),
          Fault.of(
              "padding counted in the maximum",
              "last.compare(VectorOperators.GT, largest).and(inside)); } return",
              "last.compare(VectorOperators.GT, largest)); } return"),
          Fault.of(
              "maximum started at zero",
              "FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);",
              "FloatVector largest = FloatVector.zero(SPECIES);"),
          Fault.of(
              "last columns left out of the sum",
              "+ last(logits, probabilities, start, cols, shift);",
              "+ 0 * last(logits, probabilities, start, cols, shift);"),
          Fault.at(
              1,
              "padding counted in the sum",
              "power.reduceLanes(VectorOperators.ADD, inside)",
              "power.reduceLanes(VectorOperators.ADD)"),
          Fault.of("not scaled", "SoftmaxBand.scale(probabilities, start, cols, factor);", ""),
          Fault.at(
              1,
              "write past the end",
              "power.intoMemorySegment(probabilities, at, ORDER, inside);",
              "power.intoMemorySegment(probabilities, at, ORDER);"),
          Fault.of("base 2", "element.sub(shifts).mul(VectorExp.LOG2_E)", "element.sub(shifts)"),
          Fault.of(
              "base 2 in the last columns",
              "last.sub(shift).mul(VectorExp.LOG2_E)",
              "last.sub(shift)"),
          Fault.of("0 over 0", "sum == 0.0f ? 0.0f : 1.0f / sum", "1.0f / sum"),
          Fault.of(
              "sum a little too large",
              "sum == 0.0f ? 0.0f : 1.0f / sum",
              "sum == 0.0f ? 0.0f : 1.0f / (sum * 1.001f)"),
          Fault.of(
              "-infinity less -infinity", "max == Float.NEGATIVE_INFINITY ? 0.0f : max", "max"),
          Fault.of(
              "wrong stride",
              "long start = row * bytes;",
              "long start = row * (bytes - Float.BYTES);"));

  /** Rows of four vectors, some with a maximum far from that of the rows before them. */
  static final List<Fault> ROWS_OF_FOUR =
      with(
          powers(0),
          Fault.of(
              "a vector left out of the sum", "p0.add(p1).add(p2.add(p3))", "p0.add(p1).add(p2)"),
          Fault.of(
              "a vector written twice",
              "p3.mul(factor).intoMemorySegment(y, at + 3 * VECTOR_BYTES, ORDER);",
              "p3.mul(factor).intoMemorySegment(y, at + 2 * VECTOR_BYTES, ORDER);"),
          Fault.at(0, "sums not looked at", "return at;", ""),
          Fault.at(0, "small sums taken for sound", "sum >= ScaledExp.LEAST_SUM && ", ""),
          Fault.at(0, "large sums taken for sound", " && sum <= ScaledExp.MOST_SUM", ""),
          Fault.of(
              "row with another maximum left out",
              "offset = SoftmaxByMaximum.row(logits, probabilities, start, cols); start += bytes;",
              "start += bytes;"),
          Fault.of(
              "rows after one with another maximum left out",
              "start += bytes; }",
              "start = end; }"));

  /** The same of eight vectors. */
  static final List<Fault> ROWS_OF_EIGHT =
      with(
          powers(1),
          Fault.of("a vector left out of the sum", ".add(p6.add(p7))", ".add(p6)"),
          Fault.of(
              "the first row left out of the sums",
              "SoftmaxPowers.write(logits, probabilities, start, COLS, offset)",
              "1.0f"),
          Fault.at(1, "sums not looked at", "return at;", ""),
          Fault.of("the last sum not looked at", "return last;", ""),
          Fault.at(1, "small sums taken for sound", "sum >= ScaledExp.LEAST_SUM && ", ""),
          Fault.at(1, "large sums taken for sound", " && sum <= ScaledExp.MOST_SUM", ""),
          Fault.of(
              "last row not divided",
              "SoftmaxBand.scale(probabilities, start + last, COLS, 1.0f / sum);",
              ""));

  /** Rows of many vectors, some with a maximum far from that of the rows before them. */
  static final List<Fault> MANY_VECTORS =
      with(
          powers(2),
          Fault.of("a vector left out of the sum", ".add(p2).add(p3)", ".add(p2)"),
          Fault.of(
              "a vector written twice",
              "p3.intoMemorySegment(y, at + 3 * VECTOR_BYTES, ORDER); sums",
              "p3.intoMemorySegment(y, at + 2 * VECTOR_BYTES, ORDER); sums"),
          Fault.of(
              "what is written four at a time left out of the sum",
              "sums.reduceLanes(VectorOperators.ADD) + sum",
              "sums.reduceLanes(VectorOperators.ADD)"),
          Fault.of(
              "vectors behind the last four left out",
              "int count = cols / LENGTH * LENGTH - steps;",
              "int count = 0;"));

  /** Where exponentials are written out, in one of the three classes that do so. */
  private static List<Fault> powers(int place) {
    return List.of(
        Fault.at(
            place,
            "a vector read twice",
            "FloatVector.fromMemorySegment(SPECIES, x, at + 2 * VECTOR_BYTES, ORDER)",
            "FloatVector.fromMemorySegment(SPECIES, x, at + VECTOR_BYTES, ORDER)"),
        Fault.at(place, "base 2", "n1 = x1.fma(log2e, offsets)", "n1 = x1.add(offsets)"),
        Fault.at(
            place,
            "a coefficient for another",
            "r3.fma(c6, c5).fma(r3, c4)",
            "r3.fma(c6, c5).fma(r3, c3)"),
        Fault.at(
            place,
            "exponents wrap at the top",
            "n0.reinterpretAsInts().min(most)",
            "n0.reinterpretAsInts()"),
        Fault.at(
            place,
            "what is small wraps",
            ".blend(zero, n2.compare(VectorOperators.LT, least))",
            ""));
  }

  private static List<Fault> with(List<Fault> shared, Fault... own) {
    return Stream.concat(shared.stream(), Stream.of(own)).toList();
  }

  /** Rows of C and of B that are no multiple of four, columns that fill no vector. */
  static final List<Fault> FEW_ROWS =
      List.of(
          Fault.of("last rows of B left out", "for (; l < k; l++) {", "for (; l < k - 1; l++) {"),
          Fault.of("last columns left out", "int j = from; j < columns;", "int j = from; j < 0;"),
          Fault.of("last row of A left out", "for (; i < m; i++) {", "for (; i < m - 1; i++) {"),
          Fault.of(
              "rows of B mixed up",
              "c0 = a1.fma(load(b, at + rowBytes), c0);",
              "c0 = a1.fma(load(b, at), c0);"),
          Fault.of(
              "a column of A twice",
              "FloatVector a21 = broadcast(a, from + 2 * next + Float.BYTES);",
              "FloatVector a21 = broadcast(a, from + 2 * next);"),
          Fault.of("rows of A mixed up", "a33.fma(b3, c3)", "a33.fma(b3, c2)"),
          Fault.of("sums of the call before kept", "Arrays.fill(sums, 0, m * columns, 0.0f);", ""),
          Fault.of(
              "sums over one another",
              "b, row, rowBytes, sums, i * columns, whole);",
              "b, row, rowBytes, sums, 0, whole);"));

  /** Scores that rise from block to block of keys. */
  static final List<Fault> RISING =
      List.of(
          Fault.of(
              "output not rescaled", "VectorRows.scale(scratch, sums, sumStride, rescale);", ""),
          Fault.of("sum not rescaled", "VectorRows.scale(scratch, rowSum, LANES, rescale);", ""),
          Fault.of("rescaled to base e", "Math.pow(2, exponent)", "Math.exp(exponent)"),
          Fault.of("shift not kept", "scratch[shiftAt] = shift; if", "if"),
          Fault.of("last block of keys left out", "key < end;", "key + KEYS <= end;"),
          Fault.of(
              "values of the first block",
              "packed.packValues(values, first * headDimV",
              "packed.packValues(values, (first - key) * headDimV"));

  /** Scores that fall from block to block of keys. */
  static final List<Fault> FALLING =
      List.of(
          Fault.of(
              "shift not carried to the next block",
              "if (scratch[shiftAt] == Float.NEGATIVE_INFINITY && seen >= COLS) {",
              "if (seen >= COLS) {"));

  /** Scores that rise so far that powers of two less the first block's maximum overflow. */
  static final List<Fault> STEEP =
      List.of(
          Fault.of(
              "scores too far above the shift",
              "if (!ShiftedExp.exponentials(scratch, at, at + KEYS, padded, scratch[shiftAt], rowSum))",
              "if (!ShiftedExp.exponentials(scratch, at, at + KEYS, padded, scratch[shiftAt], rowSum)"
                  + " && key == 0)"));

  /** Blocks of several register tiles, some across two heads, causal, two blocks of keys. */
  static final List<Fault> ACROSS_HEADS =
      List.of(
          Fault.of(
              "a tile across two heads ends where its last row does",
              "row / seqLenQ == last / seqLenQ ? last : seqLenQ - 1",
              "last"),
          Fault.of(
              "limit of the first block in the second", "visible(row) - key, 0", "visible(row), 0"),
          Fault.of(
              "limit of the tile for each row",
              "(long) queryRows.visible(row) - key, 0",
              "depth, 0"),
          Fault.of(
              "later tiles take the first's queries",
              "scores(scratch, i, height,",
              "scores(scratch, 0, height,"),
          Fault.of(
              "later tiles add to the first's output",
              "int tile = sums + i * sumStride;",
              "int tile = sums;"));

  /** So many query rows that any number of threads takes them in several items. */
  static final List<Fault> MANY_ROWS =
      List.of(
          Fault.of("a block twice, another never", "? place / 2 :", "? place :"),
          Fault.of(
              "last block of rows left out",
              "Math.ceilDiv(rowsOfKvHead, rows)",
              "rowsOfKvHead / rows"),
          Fault.of(
              "rows of the first block in all",
              "QueryRows.balanced(item % blocks, blocks) * rows",
              "QueryRows.balanced(item % blocks, blocks) / blocks * rows"));

  /** A mask that hides whole blocks of keys, NaN where nobody sees it. */
  static final List<Fault> HIDDEN_BLOCKS =
      List.of(
          Fault.of(
              "hidden NaN multiplied",
              "shown < depth && !finiteValues(shown, depth - shown)",
              "false"),
          Fault.of(
              "hidden NaN looked for in one key alone",
              "finiteValues(shown, depth - shown)",
              "finiteValues(shown, 1)"),
          Fault.of(
              "hidden NaN multiplied one by one",
              "if (queryRows.hides(row + i, key + j)) {",
              "if (false) {"),
          Fault.of(
              "mask of the first block for all",
              "seqLenK + key) * Float.BYTES",
              "seqLenK) * Float.BYTES"),
          Fault.of(
              "maximum not carried to the next block",
              "Math.max(before, masked ? max : ShiftedExp.shift(max))",
              "masked ? max : ShiftedExp.shift(max)"),
          Fault.of(
              "-infinity less -infinity",
              "shift == Float.NEGATIVE_INFINITY ? 0.0f : shift,",
              "shift,"),
          Fault.of("summed one by one and again", "tile); } else {", "tile); } {"));

  /** Queries in several pieces. */
  static final List<Fault> PACKED_PIECES =
      List.of(
          Fault.of("pieces of a score not summed", "d > 0);", "false);"),
          Fault.of(
              "pieces of the keys mixed up", "panel + d * VectorTiles.B_STRIDE_BYTES", "panel"),
          Fault.of(
              "squares side by side all at the first's place",
              "squares, target, to + d * VectorTiles.B_STRIDE_BYTES",
              "squares, target, to"),
          Fault.of(
              "the first squares for those that follow",
              "from + (long) d * Float.BYTES, rowBytes, squares",
              "from, rowBytes, squares"),
          Fault.of(
              "pieces of the queries at the same place",
              "int target = d / VectorTiles.DEPTH * room * STRIDE;",
              "int target = 0;"));

  /** Queries in several pieces, keys where they lie. */
  static final List<Fault> PIECES =
      List.of(
          Fault.of("first piece for all", "rows * VectorTiles.STRIDE, headDim,", "0, headDim,"),
          Fault.of(
              "pieces of the queries at the same place",
              "int target = (d / VectorTiles.DEPTH * rows + i)",
              "int target = i"));

  /** Many keys narrower than a vector, where they lie, for a few queries. */
  static final List<Fault> DECODING =
      List.of(
          Fault.of(
              "keys of the first block",
              "keysStart + (long) key * headDim * Float.BYTES, depth, tile + r",
              "keysStart, depth, tile + r"),
          Fault.of(
              "first row's scores", "(i + r) * VectorTiles.STRIDE,", "i * VectorTiles.STRIDE,"),
          Fault.of("last key without a score", "depth, tile + r", "depth - 1, tile + r"),
          Fault.of("last column of values left out", "headDimV - d));", "headDimV - d - 1));"),
          Fault.of("sum of the last block alone", "rowSum[r] * rescale +", ""),
          Fault.of(
              "output not summed over blocks of keys", "sumStride, true);", "sumStride, false);"),
          Fault.of("last block of keys left out", "key < end;", "key + KEYS <= end;"));

  /** Many keys and values of whole vectors, for a few queries: read in streams. */
  static final List<Fault> STREAMING =
      List.of(
          Fault.of(
              "keys of the first block",
              "keysStart + (long) key * headDim * Float.BYTES, depth, tile); return;",
              "keysStart, depth, tile); return;"),
          Fault.of(
              "values of the first block",
              "values, start, headDimV,",
              "values, valuesStart, headDimV,"),
          Fault.of(
              "last key without a score",
              "headDim * Float.BYTES, depth, tile); return;",
              "headDim * Float.BYTES, depth - 1, tile); return;"),
          Fault.of(
              "last value left out",
              "tile, depth, values, start",
              "tile, depth - 1, values, start"),
          Fault.of(
              "later tiles take the first's queries",
              "StreamedKeys.dots( height, scratch, i * VectorTiles.STRIDE,",
              "StreamedKeys.dots( height, scratch, 0,"),
          Fault.of(
              "later tiles add to the first's output",
              "int ofTile = sums + i * sumStride;",
              "int ofTile = sums;"));

  /** Many keys and values of no whole vectors, for a few queries: their last vectors overlap the ones before. */
  static final List<Fault> RAGGED =
      List.of(
          Fault.of(
              "last elements of a query left where they were",
              "System.arraycopy(a, at, a, at + LENGTH - rest, rest);",
              ""),
          Fault.of(
              "elements that are read twice counted twice",
              "Arrays.fill(a, at, at + LENGTH - rest, 0.0f);",
              ""),
          Fault.of(
              "queries not put in order", "StreamedKeys.order(", "if (false) StreamedKeys.order("),
          Fault.of(
              "output not put in order",
              "System.arraycopy(c, at + LENGTH - rest, c, at, rest);",
              ""));

  /** An infinity among what is read twice. */
  static final List<Fault> RAGGED_INFINITY =
      List.of(Fault.of("0 times infinity", "if (Float.isNaN(a[target + j])) {", "if (false) {"));

  private VectorEdgeFaults() {}
}
