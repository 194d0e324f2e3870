package dev.gale.validation.faults;

import java.util.List;

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
              KERNELS + "MatmulPacking",
              "dev.gale.kernels.lanes.Lanes",
              VARIANTS + "BlockedMatmul"),
          List.of(
              Fault.of("last row unwritten", "row < m;", "row < m - 1;"),
              Fault.of("last row of a block unwritten", "rows > 7", "rows > 8"),
              Fault.of("a row too many", "if (rows > 8)", "if (rows > 7)"),
              Fault.of("wrong row of A", "broadcast(a.get(al + 5))", "broadcast(a.get(al + 4))"),
              Fault.of("wrong column at the edge", "min(3, last)", "min(2, last)"),
              Fault.of("sums mixed up", "sum3L = Float16.add(sum3L,", "sum3L = Float16.add(sum2L,"),
              Fault.of("halves mixed up", "Float16.mult(right, a7)", "Float16.mult(left, a7)"),
              Fault.of(
                  "last term left out",
                  "for (int l = 0; l < k; l++) { Float16 left",
                  "for (int l = 0; l < k - 1; l++) { Float16 left"),
              Fault.of("sums in the wrong place", "to + 9 * stride + 1", "to + 9 * stride - 1"),
              Fault.of("write past the end", "if (columns > 14) {", "if (columns > 0) {"),
              Fault.of("rows packed one off", "item * ROWS + r, m - 1", "item * ROWS + r, m - 2"),
              Fault.of(
                  "rows of B whole vectors apart where they are not", "n % LANES == 0", "n > 0"),
              Fault.of(
                  "last rows of B not packed",
                  "+ (k + DEPTH - 1) / DEPTH; item++",
                  "+ k / DEPTH; item++"),
              Fault.of(
                  "operand not packed",
                  ".task(task + \"-pack\", MatmulPacking::pack, a, b, packedRows, packedColumns, m, n, k)",
                  "")));

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
