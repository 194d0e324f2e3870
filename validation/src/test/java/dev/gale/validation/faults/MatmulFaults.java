package dev.gale.validation.faults;

import java.util.List;
import java.util.stream.Stream;

/** Faults of each kernel of matmul. */
final class MatmulFaults {

  private static final String KERNELS = "dev.gale.kernels.matmul.";
  private static final String VARIANTS = "dev.gale.tasks.matmul.";

  private static final Fault PAST_THE_END =
      Fault.of(
          "write past the end",
          "c.set(i * n + j, sum);",
          "c.set(i * n + j, sum); if (i == m - 1) { c.set(m * n, sum); }");

  static final Subject PLAIN =
      new Subject(
          "plain",
          List.of(KERNELS + "MatmulPlain", VARIANTS + "PlainMatmul"),
          List.of(
              PAST_THE_END,
              Fault.of("last term left out", "l < k;", "l < k - 1;"),
              Fault.of("last row unwritten", "i < m;", "i < m - 1;"),
              Fault.of("wrong stride", "b.get(l * n + j)", "b.get(j * k + l)"),
              Fault.of("sum started from the output", "sum = 0.0f;", "sum = c.get(i * n + j);"),
              Fault.of(
                  "write before the start",
                  "c.set(i * n + j, sum);",
                  "c.set(i * n + j, sum); if (i == 0 && j == 0) { c.set(-1, sum); }"),
              Fault.of(
                  "input written",
                  "c.set(i * n + j, sum);",
                  "c.set(i * n + j, sum); if (i + j == 0) { b.set(k * n - 1, sum); }"),
              Fault.of(
                  "factors rounded to half precision",
                  "a.get(i * k + l)",
                  "Float.float16ToFloat(Float.floatToFloat16(a.get(i * k + l)))"),
              Fault.of(
                  "one element left over from the run before",
                  "c.set(i * n + j, sum);",
                  "if (i + j > 0) { c.set(i * n + j, sum); }")));

  static final Subject BLOCKED =
      new Subject(
          "blocked",
          List.of(
              KERNELS + "MatmulBlocked",
              KERNELS + "MatmulOneTask",
              KERNELS + "MatmulPacking",
              KERNELS + "MatmulStreamed",
              KERNELS + "MatmulLargeTile",
              "dev.gale.kernels.lanes.Lanes",
              VARIANTS + "BlockedMatmul"),
          Stream.of(blocks(), fewRows(), oneTask()).flatMap(List::stream).toList());

  private static List<Fault> blocks() {
    return List.of(
        Fault.of("last row unwritten", "row < m;", "row < m - 1;"),
        Fault.of("first row of the last block unwritten", "first <= 1)", "first <= 0)"),
        Fault.of(
            "first row packed as the second",
            "m - rows) + r, 0); packedA",
            "m - rows) + r, 1); packedA"),
        Fault.of("wrong row of A", "broadcast(a.get(al5))", "broadcast(a.get(al4))"),
        Fault.of("wrong column at the edge", "min(3, last)", "min(2, last)"),
        Fault.of("sums mixed up", "sum3L = Float16.add(sum3L,", "sum3L = Float16.add(sum2L,"),
        Fault.of("halves mixed up", "Float16.mult(right, a7)", "Float16.mult(left, a7)"),
        Fault.of(
            "last term left out",
            "for (int l = 0; l < k; l++) { int bl",
            "for (int l = 0; l < k - 1; l++) { int bl"),
        Fault.of("sums in the wrong place", "to + 9 * stride + 1", "to + 9 * stride - 1"),
        Fault.of("write past the end", "if (columns > 14) {", "if (columns > 0) {"),
        Fault.of(
            "rows packed one off",
            "TornadoMath.min(item * rows, m - rows) + r",
            "TornadoMath.min(item * rows, m - rows - 1) + r"),
        Fault.of(
            "rows of B whole vectors apart where they are not", "n % LANES == 0) {", "n > 0) {"),
        Fault.of(
            "last rows of B not packed",
            "+ (k + DEPTH - 1) / DEPTH; item++",
            "+ k / DEPTH; item++"),
        Fault.of(
            "operand not packed",
            ".task( task + \"-pack\", MatmulPacking::pack, a, b, packedRows, packedColumns, m, n, k, rows, columns)",
            ""));
  }

  private static List<Fault> fewRows() {
    return List.of(
        Fault.of("four rows: wrong row of B", "Float16.mult(a03, b3)", "Float16.mult(a03, b2)"),
        Fault.of("four rows: wrong row of A", "int from2 = from1 + k;", "int from2 = from1;"),
        Fault.of(
            "rows behind the fours left out",
            "int i = m / STEPS * STEPS; i < m;",
            "int i = m / STEPS * STEPS; i < m - 1;"),
        Fault.of(
            "terms behind the fours left out",
            "int l = k / STEPS * STEPS; l < k;",
            "int l = k / STEPS * STEPS; l < k - 1;"),
        Fault.of(
            "last vector of an item left out",
            "int vectors = (whole - first) / LANES;",
            "int vectors = (whole - first) / LANES - 1;"),
        Fault.of(
            "one row: wrong row of B", "rows.get(at + 2 * stride)));", "rows.get(at + stride)));"),
        Fault.of("sums that start from the output", "c.set(i * n + j, 0.0f);", ""),
        Fault.of(
            "vectors where rows begin anywhere",
            "int whole = n % LANES == 0 ? end : first;",
            "int whole = end;"),
        Fault.of("element by element: wrong row of B", "b.get(at + 2 * n)", "b.get(at + n)"));
  }

  private static List<Fault> oneTask() {
    return List.of(
        Fault.of(
            "few columns: wrong vector of A",
            "ofA.get((row + r) * (k / LANES) + l)",
            "ofA.get((row + r) * (k / LANES))"),
        Fault.at(0, "few columns: rows not left out between columns", "(rows - 1) * LANES,", "0,"),
        Fault.at(
            0,
            "few columns: last block too early",
            "int row = TornadoMath.min(i, m - rows);",
            "int row = TornadoMath.min(i, m - rows - 1);"),
        Fault.at(
            0,
            "few columns: last rows left out",
            "int end = TornadoMath.min((item + 1) * height, m);",
            "int end = TornadoMath.min((item + 1) * height, m - rows);"),
        Fault.at(0, "few columns: one panel for all", "b, p * vectors,", "b, 0,"),
        Fault.at(
            1,
            "few terms: last block too early",
            "int row = TornadoMath.min(i, m - rows);",
            "int row = TornadoMath.min(i, m - rows - 1);"),
        Fault.at(
            1,
            "few terms: last rows left out",
            "int end = TornadoMath.min((item + 1) * height, m);",
            "int end = TornadoMath.min((item + 1) * height, m - rows);"),
        Fault.of(
            "few terms: half of a panel packed twice",
            "first + p * vectors + v)",
            "first + p * vectors)"),
        Fault.at(
            0,
            "few terms: the first columns' place for all",
            "row * stride + first + p * vectors",
            "row * stride + p * vectors"),
        Fault.of(
            "few terms: last panel of an item left out",
            "(TornadoMath.min((group + 1) * width, n) - group * width) / columns",
            "(TornadoMath.min((group + 1) * width, n) - group * width) / columns - 1"));
  }

  static final Subject SMALL =
      new Subject(
          "blocked-small",
          List.of(
              KERNELS + "MatmulBlocked",
              KERNELS + "MatmulOneTask",
              KERNELS + "MatmulPacking",
              KERNELS + "MatmulStreamed",
              KERNELS + "MatmulSmallTile",
              VARIANTS + "BlockedMatmul"),
          List.of(
              Fault.of("wrong row of A", "broadcast(a.get(al3))", "broadcast(a.get(al2))"),
              Fault.of("sums mixed up", "sum4 = Float16.add(sum4,", "sum4 = Float16.add(sum3,"),
              Fault.of("wrong row of B", "vectors.get(column + l * next)", "vectors.get(column)"),
              Fault.of("last term left out", "l < k; l++) { int al", "l < k - 1; l++) { int al"),
              Fault.of(
                  "a row stored as the next", "to + 2 * stride, sum2", "to + 2 * stride, sum3"),
              Fault.of("first row of the last block unwritten", "first <= 1)", "first <= 0)"),
              Fault.of("gap left out", "+ l / MatmulLargeTile.LANES * gap", ""),
              Fault.of("first panel for all", "panel * columns + v * LANES", "v * LANES"),
              Fault.of(
                  "blocks of another height",
                  "MatmulBlocked.SMALL_ROWS, MatmulBlocked.SMALL_COLUMNS",
                  "MatmulBlocked.SMALL_ROWS + 1, MatmulBlocked.SMALL_COLUMNS")));

  static final Subject TILED =
      new Subject(
          "tiled",
          List.of(KERNELS + "MatmulTiled", VARIANTS + "TiledMatmul"),
          List.of(
              Fault.missingBarrier(0, "between load and use"),
              Fault.missingBarrier(1, "between use and the next load"),
              Fault.of("last tile skipped", "first < k;", "first + TILE <= k;"),
              Fault.of("wrong stride in the tile", "tileB[l * TILE + x]", "tileB[x * TILE + l]"),
              Fault.of("last term left out", "first + y < k", "first + y < k - 1"),
              Fault.of("last row unwritten", "row < m && column < n", "row < m - 1 && column < n"),
              Fault.of("write past the end", "row < m && column < n", "row < m"),
              Fault.of("tiles not summed", "sum += tileA", "sum = tileA"),
              Fault.of("too few groups", "wholeTiles(shape.m())", "shape.m() / 16 * 16")));

  private MatmulFaults() {}
}
