package dev.gale.validation.faults;

import java.util.List;

/** Faults of the kernels that are blocked for vector registers. */
final class BlockedFaults {

  private static final String KERNELS = "dev.gale.kernels.";
  private static final String VARIANTS = "dev.gale.tasks.";

  static final Subject ATTENTION =
      new Subject(
          "blocked",
          List.of(
              KERNELS + "attention.AttentionBlocked",
              KERNELS + "attention.BlockedRows",
              KERNELS + "attention.BlockedScores",
              KERNELS + "attention.BlockedValues",
              KERNELS + "lanes.LanesExp",
              KERNELS + "attention.AttentionRepair",
              KERNELS + "attention.AttentionOnline",
              KERNELS + "attention.AttentionOneQuery",
              KERNELS + "attention.OneQueryScores",
              KERNELS + "attention.OneQueryValues",
              KERNELS + "attention.AttentionOneQueryFinish",
              VARIANTS + "attention.OneQueryAttention",
              VARIANTS + "attention.BlockedAttention"),
          List.of(
              Fault.at(2, "scale left out", "options.scale()", "1.0f"),
              Fault.of("causal ignored", "options.causal() && !folds(shape, options) ? 1 : 0", "0"),
              Fault.of(
                  "causal off by one", "from + j - firstHidden + 1;", "from + j - firstHidden;"),
              Fault.of("causal from the first key", "row + seqLenK - seqLenQ + 1", "row + 1"),
              Fault.of("keys of the last rows left out", "firstHidden + ROWS - 1)", "firstHidden)"),
              Fault.of(
                  "maximum started at zero",
                  "Lanes.broadcast(Float.NEGATIVE_INFINITY)",
                  "Lanes.broadcast(0.0f)"),
              Fault.of(
                  "sum not rescaled",
                  "Float16.mult(w.get(divisors), correction)",
                  "w.get(divisors)"),
              Fault.of(
                  "a column not rescaled",
                  "Float16.mult(w.get(sums + c + 3), correction)",
                  "w.get(sums + c + 3)"),
              Fault.at(
                  1,
                  "a column behind the eights not rescaled",
                  "Float16.mult(w.get(sums + c), correction)",
                  "w.get(sums + c)"),
              Fault.of(
                  "columns behind the eights left out",
                  "c = headDimV / COLUMNS * COLUMNS; c < headDimV;",
                  "c = headDimV / COLUMNS * COLUMNS; c < headDimV - 1;"),
              Fault.of(
                  "wrong key-value head",
                  "int firstKey = h / groupSize * seqLenK;",
                  "int firstKey = h % groupSize * seqLenK;"),
              Fault.of(
                  "keys of another head",
                  "int key = (firstKey + from + j) * headDim;",
                  "int key = (from + j) * headDim;"),
              Fault.of(
                  "maximum of the block before kept",
                  "w.set(sums + headDimV, Lanes.broadcast(Float.NEGATIVE_INFINITY));",
                  "if (from == 0) { w.set(sums + headDimV, Lanes.broadcast(Float.NEGATIVE_INFINITY)); }"),
              Fault.of(
                  "values of another head",
                  "int value = (firstKey + from) * headDimV;",
                  "int value = from * headDimV;"),
              Fault.of(
                  "first group of a run left out",
                  "int n = item * run;",
                  "int n = item * run + 1;"),
              Fault.of("last group left out", "heads * groups); n++", "heads * groups - 1); n++"),
              Fault.at(
                  1,
                  "last block of a group left out",
                  "row < end; row += ROWS)",
                  "row < end - (end - firstRow > ROWS ? ROWS : 0); row += ROWS)"),
              Fault.at(
                  0,
                  "vectors of another block",
                  "int state = scores + KEYS + (row - firstRow) / ROWS",
                  "int state = scores + KEYS + 0"),
              Fault.of(
                  "causal: keys behind the first 128 left out",
                  "TornadoMath.min(seqLenK, end + seqLenK - seqLenQ)",
                  "TornadoMath.min(1, end + seqLenK - seqLenQ)"),
              Fault.of(
                  "a group twice, another never",
                  "groups - 1 - place / 2 * 2",
                  "groups - 2 - place / 2 * 2"),
              Fault.of("wrong head of the mask", "h % maskHeads * seqLenQ", "0 * seqLenQ"),
              Fault.of("one key twice", "keys.get(k + k5)", "keys.get(k + k4)"),
              Fault.of(
                  "a key of another row twice",
                  "k7 = TornadoMath.min(7, last)",
                  "k7 = TornadoMath.min(6, last)"),
              Fault.of(
                  "a key twice where panels are whole", "k9 = 9 * headDim", "k9 = 8 * headDim"),
              Fault.of("last keys left out", "j < width; j += panel", "j < width - 15; j += panel"),
              Fault.of("hidden NaN not repaired", "!(found < Float.POSITIVE_INFINITY)", "false"),
              Fault.of(
                  "NaN of a value unseen",
                  "Float16.mult(quotient, new Float16(",
                  "Float16.mult(divisor, new Float16("),
              Fault.of(
                  "sum left as it was",
                  "rowSum = Float16.add(rowSum, w.get(scores + j));",
                  "rowSum = Float16.add(rowSum, w.get(scores));"),
              Fault.of(
                  "exponential of half the argument",
                  "return Float16.mult(root, root);",
                  "return root;"),
              Fault.of("too short a polynomial", "VectorExp.C3 * SCALE", "5.5e-2f * SCALE"),
              Fault.at(
                  1, "group folded where queries are many", "shape.seqLenQ() == 1 &&", "true &&"),
              Fault.of(
                  "a lane twice",
                  "to.set(at + 7 * stride, x.getS7());",
                  "to.set(at + 7 * stride, x.getS6());"),
              Fault.at(0, "one query: scale left out", "options.scale()", "1.0f"),
              Fault.of(
                  "one query: sum not rescaled",
                  "Float16.mult(w.get(own + 1), factor)",
                  "w.get(own + 1)"),
              Fault.of(
                  "one query: weighted values of a four not rescaled",
                  "Float16.mult(w.get(s1 + 2), factor1)",
                  "w.get(s1 + 2)"),
              Fault.of(
                  "one query: weighted values behind the fours of queries not rescaled",
                  "Float16.mult(w.get(sums + 3), factor)",
                  "w.get(sums + 3)"),
              Fault.of(
                  "one query: columns behind the fours not rescaled",
                  "Float16.mult(w.get(own + 2 + c), w.get(own))",
                  "w.get(own + 2 + c)"),
              Fault.of(
                  "one query: columns behind the fours left out",
                  "c = columns / 4 * 4; c < columns;",
                  "c = columns / 4 * 4; c < columns - 1;"),
              Fault.of(
                  "one query: a key twice",
                  "first + TornadoMath.min(j + 2, width - 1)",
                  "first + TornadoMath.min(j + 1, width - 1)"),
              Fault.of(
                  "one query: scores behind the last key",
                  "int j = width; j < TILE;",
                  "int j = TILE; j < TILE;"),
              Fault.of(
                  "one query: values of another head",
                  "int key = head * seqLenK + from;",
                  "int key = from;"),
              Fault.of(
                  "one query: parts not brought to one maximum",
                  "w.set(part, factor);",
                  "w.set(part, Lanes.broadcast(1.0f));"),
              Fault.at(
                  1,
                  "one query: first part left out of the sum",
                  "int part = first; part < end;",
                  "int part = first + next; part < end;"),
              Fault.of("one query: lse without the maximum", "rowMax.getS0() + (", "("),
              Fault.of(
                  "one query: keys left out where a part ends",
                  "tiles * (split + 1) / splits * TILE);",
                  "tiles * (split + 1) / splits * TILE - 1);"),
              Fault.of(
                  "row of another block", "int to = h * seqLenQ + row;", "int to = h * seqLenQ;")));

  static final Subject ATTENTION_SMALL =
      new Subject(
          "blocked-small",
          List.of(
              KERNELS + "attention.AttentionBlocked",
              KERNELS + "attention.BlockedRows",
              KERNELS + "attention.BlockedScoresSmall",
              KERNELS + "attention.BlockedValuesSmall",
              KERNELS + "attention.AttentionRepair",
              KERNELS + "attention.AttentionOnline",
              VARIANTS + "attention.OneQueryAttention",
              VARIANTS + "attention.BlockedAttention"),
          List.of(
              Fault.of("one key twice", "keys.get(k + k2)", "keys.get(k + k1)"),
              Fault.of(
                  "a key twice where panels are whole", "k3 = 3 * headDim", "k3 = 2 * headDim"),
              Fault.of(
                  "a key of another row twice",
                  "k2 = TornadoMath.min(2, last)",
                  "k2 = TornadoMath.min(1, last)"),
              Fault.of("scores mixed up", "w.set(scores + 3, sum3)", "w.set(scores + 3, sum2)"),
              Fault.of("last keys left out", "j < width; j += panel", "j < width - 3; j += panel"),
              Fault.of(
                  "a column not rescaled",
                  "Float16.mult(w.get(sums + c + 3), correction)",
                  "w.get(sums + c + 3)"),
              Fault.of("a column twice", "values.get(v + 2)", "values.get(v + 1)"),
              Fault.of(
                  "columns behind the fours left out",
                  "c = headDimV / COLUMNS * COLUMNS; c < headDimV;",
                  "c = headDimV / COLUMNS * COLUMNS; c < headDimV - 1;")));

  static final Subject SOFTMAX =
      new Subject(
          "blocked",
          List.of(
              KERNELS + "softmax.SoftmaxBlocked",
              KERNELS + "softmax.SoftmaxWholeVectors",
              KERNELS + "softmax.SoftmaxLongRows",
              KERNELS + "lanes.Lanes",
              KERNELS + "lanes.LanesExp",
              VARIANTS + "softmax.BlockedSoftmax"),
          List.of(
              Fault.at(
                  0,
                  "maximum started at zero",
                  "maxima = Lanes.broadcast(-Float.MAX_VALUE)",
                  "maxima = Lanes.broadcast(0.0f)"),
              Fault.at(
                  1,
                  "maximum of an item's first row started at zero",
                  "maxima = Lanes.broadcast(-Float.MAX_VALUE)",
                  "maxima = Lanes.broadcast(0.0f)"),
              Fault.at(
                  2,
                  "maximum of a later row started at zero",
                  "maxima = Lanes.broadcast(-Float.MAX_VALUE)",
                  "maxima = Lanes.broadcast(0.0f)"),
              Fault.of(
                  "whole vectors not shifted",
                  "x.get(row + j), shift)",
                  "x.get(row + j), Lanes.broadcast(0.0f))"),
              Fault.of(
                  "maximum of the row before",
                  "next = TornadoMath.min(row + vectors, end - vectors);",
                  "next = row;"),
              Fault.at(
                  0,
                  "a vector of a row not divided",
                  "int j = row; j < row + vectors;",
                  "int j = row + 1; j < row + vectors;"),
              Fault.at(
                  0,
                  "rows of the last item left out",
                  "(rows + rowsPerItem - 1) / rowsPerItem;",
                  "rows / rowsPerItem;"),
              Fault.of("a lane left out of the maxima", "a3 < b3 ? b3 : a3", "a3"),
              Fault.of("a lane left out of the maximum", "a7 < a15 ? a15 : a7", "a7"),
              Fault.of(
                  "NaN dropped",
                  "Lanes.larger(x, Lanes.broadcast(LEAST))",
                  "Lanes.larger(Lanes.broadcast(LEAST), x)"),
              Fault.of("no shift by the maximum", "- shift); probabilities", "); probabilities"),
              Fault.of("0 for what is small", "LEAST = -31.0f;", "LEAST = -3.0f;"),
              Fault.of("last row unwritten", "i < rows;", "i < rows - 1;"),
              Fault.of("a lane loaded twice", "from.get(at + 7)", "from.get(at + 6)"),
              Fault.of("a lane not stored", "to.set(at + 9, x.getS9());", ""),
              Fault.at(
                  0,
                  "columns behind the sixteens left out of the maximum",
                  "int j = whole; j < cols;",
                  "int j = cols; j < cols;"),
              Fault.at(
                  1,
                  "last column left out of the sum",
                  "int j = whole; j < cols;",
                  "int j = whole; j < cols - 1;"),
              Fault.of(
                  "a lane left out of the sum", "x.getS14(), x.getS15())", "x.getS14(), 0.0f)"),
              Fault.at(0, "sum a little too large", "1.0f / rowSum", "1.0f / (rowSum + 1e-3f)"),
              Fault.at(
                  1,
                  "sum of whole vectors a little too large",
                  "1.0f / rowSum",
                  "1.0f / (rowSum + 1e-3f)"),
              Fault.at(
                  3,
                  "maximum of a row that is done again started at zero",
                  "maxima = Lanes.broadcast(-Float.MAX_VALUE)",
                  "maxima = Lanes.broadcast(0.0f)"),
              Fault.at(
                  1,
                  "a vector of a long row not divided",
                  "int j = row; j < row + vectors;",
                  "int j = row + 1; j < row + vectors;"),
              Fault.at(
                  1,
                  "long rows of the last item left out",
                  "(rows + rowsPerItem - 1) / rowsPerItem;",
                  "rows / rowsPerItem;"),
              Fault.at(
                  2,
                  "sum of a long row a little too large",
                  "1.0f / rowSum",
                  "1.0f / (rowSum * 1.001f)"),
              Fault.of(
                  "a row that is far from the shift not done again",
                  "tried == 0 || farthest > LanesExp.REACH ? vectors : 0",
                  "tried == 0 ? vectors : 0"),
              Fault.of("rows of a wide sample left out", "tried == 0 || farthest", "farthest"),
              Fault.of(
                  "sum of the first try kept",
                  "again == 0 ? sumOfTried : sumAgain",
                  "tried == 0 ? sumAgain : sumOfTried"),
              Fault.of("far below not noticed", "TornadoMath.abs(x.getS2())", "x.getS2()"),
              Fault.of("no shift of what is done again", "x.get(j), shift)", "x.get(j), zero)"),
              Fault.of(
                  "powers of two from the middle on",
                  "Float16.add(k, Lanes.broadcast(MIDDLE))",
                  "k"),
              Fault.of("wrong stride", "int row = i * cols;", "int row = i * (cols - 1);")));

  private BlockedFaults() {}
}
